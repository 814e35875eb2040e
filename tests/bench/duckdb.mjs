// The yardstick: DuckDB counts distinct patients and sums quantities over the same files. Quantities
// are read as text first, since some rows hold one that is no number.
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, threads] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: threads ?? '2' });
const connection = await instance.connect();
const reader = await connection.runAndReadAll(
    `select provider, scheme, activity, count(distinct patient_ref),
            sum(try_cast(quantity as bigint))
     from read_csv('${folder}/*.csv', header = true, types = {'quantity': 'VARCHAR'})
     group by all`);
console.log(`${reader.currentRowCount} groups`);
