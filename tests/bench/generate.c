/* Makes a large, seeded input folder for the benchmarks: any number of activity rows.
 *
 *   generate DIR ROWS [PROVIDERS] [FILES] [SEED]
 *
 * writes DIR/rules/2025-26/, DIR/local/2025-26/ (rules with a group, an episode and caps that
 * follow a fact) and DIR/inputs/. About one row in a hundred is an exception of some kind; patients
 * come back, so that spans, exclusions and other providers have work to do. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    uint64_t state;
} Random;

/* splitmix64: small, and the same everywhere. */
static uint64_t
next(Random *random)
{
    uint64_t z = (random->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static unsigned
below(Random *random, unsigned bound)
{
    return (unsigned)(next(random) % bound);
}

static FILE *
create(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        exit(73);
    }
    return file;
}

static void
finish(FILE *file)
{
    if (fclose(file) != 0) {
        perror("write");
        exit(74);
    }
}

static void
make_folder(const char *parent, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s%s%s", parent, name[0] == '\0' ? "" : "/", name);
    mkdir(path, 0755);
}

static void
write_table(const char *folder, const char *rules, const char *name, const char *rows)
{
    char path[64];
    snprintf(path, sizeof path, "%s/2025-26/%s", rules, name);
    FILE *file = create(folder, path);
    fputs(rows, file);
    finish(file);
}

/* The tables that both sets of rules have. */
static void
write_rules(const char *folder, const char *rules, const char *tariffs)
{
    make_folder(folder, rules);
    char path[64];
    snprintf(path, sizeof path, "%s/2025-26", rules);
    make_folder(folder, path);
    write_table(
        folder, rules, "schemes.csv",
        "scheme,title,delivered_by,commissioned,payment,measured_by,claim_months,exclusive_with,"
        "source\n"
        "SPIRO,Spirometry,practice,mixed,activity,activity,3,,benchmark\n"
        "DOAC,Anticoagulation DOAC,practice,individual,activity,activity-per-patient,3,DOACWARF,"
        "benchmark\n"
        "DOACWARF,Anticoagulation joint,practice,individual,activity,activity-per-patient,3,,"
        "benchmark\n");
    write_table(folder, rules, "indicators.csv",
                "scheme,indicator,title,points,method,floor,target,steps,if_no_patients,source\n");
    write_table(folder, rules, "tariffs.csv", tariffs);
}

static const char PLAIN[] =
    "scheme,activity,title,count,per,price,from,to,cap,patient_cap,source\n"
    "SPIRO,SP-TEST,Test,quantity,,35.50,2025-04-01,2025-09-30,,,benchmark\n"
    "SPIRO,SP-TEST,Test,quantity,,36.25,2025-10-01,,,,benchmark\n"
    "SPIRO,SP-FENO,FeNO,quantity,,11.20,2025-04-01,,999999,,benchmark\n"
    "DOAC,DO-MON,Monitoring,patients,quarter,15.00,2025-04-01,,,,benchmark\n"
    "DOACWARF,DW-MON,Monitoring,patients,month,12.50,2025-04-01,,,,benchmark\n"
    "DOACWARF,DW-INIT,Initiation,patients,year,120.00,2025-04-01,,,,benchmark\n";

static const char LOCAL[] =
    "scheme,activity,title,count,per,price,from,to,cap,cap_of,cap_per,group,again_after,source\n"
    "SPIRO,SP-TEST,Test,quantity,,35.50,2025-04-01,2025-09-30,0.9,places,month,,,benchmark\n"
    "SPIRO,SP-TEST,Test,quantity,,36.25,2025-10-01,,0.9,places,month,,,benchmark\n"
    "SPIRO,SP-FENO,FeNO,quantity,,11.20,2025-04-01,,2.5,places,quarter,,,benchmark\n"
    "DOAC,DO-MON,Monitoring,patients,quarter,15.00,2025-04-01,,,,,,,benchmark\n"
    "DOACWARF,DW-MON,Monitoring,patients,month,12.50,2025-04-01,,,,,WARF,,benchmark\n"
    "DOACWARF,DW-INIT,Initiation,patients,episode,120.00,2025-04-01,,,,,WARF,2,benchmark\n";

static void
write_register(const char *folder, unsigned providers, unsigned places)
{
    static const char *const SCHEMES[] = {"SPIRO", "DOAC", "DOACWARF"};
    FILE *file = create(folder, "inputs/providers.csv");
    fputs("provider,name,type\n", file);
    for (unsigned p = 0; p < providers; p++)
        fprintf(file, "ZB%04u,Benchmark Practice %u,practice\n", p, p);
    finish(file);
    file = create(folder, "inputs/participation.csv");
    fputs("scheme,provider,from\n", file);
    for (unsigned s = 0; s < 3; s++)
        for (unsigned p = 0; p < providers; p++)
            fprintf(file, "%s,ZB%04u,2025-04-01\n", SCHEMES[s], p);
    finish(file);
    file = create(folder, "inputs/facts.csv");
    fputs("provider,fact,as_at,number\n", file);
    for (unsigned p = 0; p < providers; p++)
        fprintf(file, "ZB%04u,places,2025-04-01,%u\n", p, places);
    finish(file);
}

/* One claim; about one in a hundred has something wrong with it. One provider and month in fifty
 * is submitted twice: about half of its rows are replaced. */
static void
write_claim(FILE *file, Random *random, unsigned providers, unsigned patients)
{
    static const char *const ITEMS[] = {"SPIRO,%s,SP-TEST", "SPIRO,%s,SP-FENO", "DOAC,%s,DO-MON",
                                        "DOACWARF,%s,DW-MON", "DOACWARF,%s,DW-INIT"};
    unsigned patient = below(random, patients);
    unsigned kind = patient % 70; /* what a patient comes for: few under schemes that exclude */
    unsigned item = kind < 40   ? 2 + (kind % 4 == 0) * (1 + below(random, 2))
                    : kind < 41 ? 2 + below(random, 3)
                                : below(random, 2);
    unsigned month = below(random, 12), day = 1 + below(random, 28);
    unsigned year = month < 9 ? 2025 : 2026, number = month < 9 ? month + 4 : month - 8;
    char provider[16], parties[64];
    unsigned fault = below(random, 1000);
    snprintf(provider, sizeof provider, fault == 0 ? "ZX%04u" : "ZB%04u",
             fault == 1 ? below(random, providers) : patient % providers);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(parties, sizeof parties, ITEMS[item], provider);
#pragma GCC diagnostic pop
    bool is_resubmitted = (patient % providers * 12 + month) % 50 == 7;
    fprintf(file, "%u-%02u,%s,P%08u,%u-%02u-%02u,%s%u,%s,%u-%02u-15\n", year, number, parties,
            patient, year, fault == 2 ? number % 12 + 1 : number, day, fault == 3 ? "x" : "",
            item < 2 ? 1 + below(random, 9) : 1,
            is_resubmitted && below(random, 2) == 0 ? "2" : "1", number == 12 ? year + 1 : year,
            number % 12 + 1);
}

int
main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: generate DIR ROWS [PROVIDERS] [FILES] [SEED]\n", stderr);
        return 64;
    }
    const char *folder = argv[1];
    uint64_t rows = strtoull(argv[2], NULL, 10);
    unsigned providers = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 150;
    unsigned files = argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 1;
    Random random = {argc > 5 ? strtoull(argv[5], NULL, 10) : 1};
    make_folder(folder, "");
    make_folder(folder, "inputs");
    make_folder(folder, "inputs/activity");
    write_rules(folder, "rules", PLAIN);
    write_rules(folder, "local", LOCAL);
    write_register(folder, providers, (unsigned)(rows / providers / 10)); /* the caps are reached */
    unsigned patients = (unsigned)(rows / 6 + 100);
    for (unsigned f = 0; f < files; f++) {
        char name[64];
        snprintf(name, sizeof name, "inputs/activity/%04u.csv", f);
        FILE *file = create(folder, name);
        fputs("month,scheme,provider,activity,patient_ref,activity_date,quantity,submission,"
              "received\n",
              file);
        for (uint64_t r = rows * f / files; r < rows * (f + 1) / files; r++)
            write_claim(file, &random, providers, patients);
        finish(file);
    }
    return 0;
}
