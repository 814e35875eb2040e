// The yardstick: DuckDB counts distinct patients and sums quantities over the same files.
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, threads] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: threads ?? '2' });
const connection = await instance.connect();
const reader = await connection.runAndReadAll(
    `select provider, scheme, activity, count(distinct patient_ref), sum(quantity)
     from read_csv('${folder}/*.csv', header = true, all_varchar = false,
                   types = {'quantity': 'VARCHAR', 'submission': 'VARCHAR'})
     group by all`.replace('sum(quantity)', 'sum(try_cast(quantity as bigint))'));
console.log(`${reader.currentRowCount} groups`);
