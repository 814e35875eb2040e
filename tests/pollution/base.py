"""The smallest packs: one practice, a scheme by quantity at £48, one by patient at £45, and one a
registered patient; and their files as tables that can be polluted.

In FULL every column is used that can be; in BARE the files have one row, where that is enough, and
optional columns are empty: there a shifted row may fit in.
"""

from typing import NamedTuple

PERIOD = "2025-26-YE"
INPUTS, RULES = "inputs", "rules/2025-26"
FULL = {
    f"{INPUTS}/providers.csv": """\
provider,name,type,pcn,payee,from,to
P01,Alder Surgery,practice,U1,PAY1,2020-04-01,
""",
    f"{INPUTS}/participation.csv": """\
scheme,provider,from,to,annual_value
QTY,P01,2025-04-01,,
PAT,P01,2025-04-01,2026-03-31,
REG,P01,2025-07-01,,
""",
    f"{INPUTS}/list_sizes.csv": """\
provider,as_at,registered,weighted
P01,2025-03-01,7876,8012.5
P01,2025-07-01,7901,8020.25
""",
    f"{INPUTS}/activity.csv": """\
month,scheme,provider,activity,patient_ref,activity_date,quantity,submission,received
2025-07,QTY,P01,Q1,,,40,1,
2025-07,QTY,P01,Q1,,2025-07-09,45,2,2025-09-01
2025-08,QTY,P01,Q1,,,1200,1,
2025-08,PAT,P01,A1,REF7,2025-08-02,1,1,2025-09-02
2025-08,PAT,P01,A1,REF8,2025-08-02,1,,
2025-09,PAT,P01,A1,REF7,2025-09-03,1,1,
""",
    f"{INPUTS}/achievement.csv": """\
scheme,provider,indicator,as_at,numerator,denominator,exceptions,submission
REG,P01,I1,2025-12-31,250,400,10,1
REG,P01,I1,2026-03-31,300,412,12,2
REG,P01,I2,2026-03-31,30,41,,1
""",
    f"{INPUTS}/payments_before.csv": """\
scheme,provider,month,amount,reference
QTY,P01,2025-05,1300.00,BACS 1
PAT,P01,2025-06,45.00,
""",
    f"{INPUTS}/adjustments.csv": """\
scheme,provider,month,amount,reason,authorised_by
QTY,P01,2025-06,-1012.50,Late invoice,A Other
PAT,P01,2025-07,20.00,Interpreter,A Other
""",
    f"{RULES}/schemes.csv": """\
scheme,title,delivered_by,commissioned,payment,measured_by,review_from,review_to,value_basis,value,\
list_date,average_list,in_year_share,instalment_months,pro_rata,rounding,recovery,claim_months,\
exclusive_with,source
QTY,By quantity,practice|pcn,individual,activity,activity,,,,,,,,,,half-up,next-payment,3,,Paper 1
PAT,By patient,practice,mixed,activity,activity-per-patient,,,,,,,,,,half-up,next-payment,,,Paper 2
REG,A head,practice,mixed,achievement,outcomes,,,per-registered-patient,1.50,2025-07-01,,0.50,12,\
days,down,invoice,,,Paper 3
""",
    f"{RULES}/indicators.csv": """\
scheme,indicator,title,points,method,floor,target,steps,if_no_patients,source
REG,I1,Slide,10,sliding,0.50,0.90,,nothing,Paper 3
REG,I2,None left,5,steps,,,0.50:1,full,Paper 3
""",
    f"{RULES}/tariffs.csv": """\
scheme,activity,title,count,per,price,from,to,cap,patient_cap,source
QTY,Q1,Counts,quantity,,48.00,2025-04-01,2026-03-31,100000,,Paper 1
PAT,A1,Patients,patients,quarter,45.00,2025-04-01,2025-12-31,,,Paper 2
""",
}
BARE = FULL | {
    f"{INPUTS}/providers.csv": """\
provider,name,type,pcn,payee,from,to
P01,Alder Surgery,practice,,,,
""",
    f"{INPUTS}/participation.csv": """\
scheme,provider,from,to,annual_value
QTY,P01,2025-04-01,,
PAT,P01,2025-04-01,,
REG,P01,2025-04-01,,
""",
    f"{INPUTS}/list_sizes.csv": """\
provider,as_at,registered,weighted
P01,2025-04-01,5020,
""",
    f"{INPUTS}/activity.csv": """\
month,scheme,provider,activity,patient_ref,activity_date,quantity,submission,received
2025-08,QTY,P01,Q1,,,1050,,
""",
    f"{INPUTS}/achievement.csv": """\
scheme,provider,indicator,as_at,numerator,denominator,exceptions,submission
REG,P01,I1,2026-03-31,1050,1400,,
""",
    f"{INPUTS}/payments_before.csv": """\
scheme,provider,month,amount,reference
QTY,P01,2025-05,1300.00,
""",
    f"{INPUTS}/adjustments.csv": """\
scheme,provider,month,amount,reason,authorised_by
QTY,P01,2025-06,1300.50,Late invoice,A Other
""",
    f"{RULES}/indicators.csv": """\
scheme,indicator,title,points,method,floor,target,steps,if_no_patients,source
REG,I1,Slide,10,sliding,0.50,0.90,,,Paper 3
""",
    f"{RULES}/tariffs.csv": """\
scheme,activity,title,count,per,price,from,to,cap,patient_cap,source
QTY,Q1,Counts,quantity,,1048.00,2025-04-01,,,,Paper 1
PAT,A1,Patients,patients,year,45.00,2025-04-01,,,,Paper 2
""",
}
PACKS = {"full": FULL, "bare": BARE}
# What the columns hold, where it is not text.
DATES = "from to as_at activity_date received list_date review_from review_to".split()
MONTHS = ["month"]
NUMBERS = ("annual_value registered weighted quantity submission numerator denominator exceptions "
           "amount value average_list in_year_share instalment_months claim_months points floor "
           "target price cap patient_cap").split()
AMOUNTS = "annual_value amount value price".split()
PROSE = "name title reason source authorised_by reference".split()
# Words of the rules; others in their place are faults.
WORDS = ("type delivered_by commissioned payment measured_by value_basis pro_rata rounding recovery "
         "method if_no_patients count per").split()


def type_of(name):
    """What a column holds."""
    for kind, names in (("date", DATES), ("month", MONTHS), ("number", NUMBERS), ("prose", PROSE),
                        ("word", WORDS)):
        if name in names:
            return kind
    return "code"


class Table(NamedTuple):
    """A file of the pack: its path, the names of its columns, and its rows."""

    path: str
    header: list
    rows: list

    @property
    def name(self):
        """The kind of the file."""
        return self.path.split("/")[-1].removesuffix(".csv")

    @property
    def lines(self):
        """Header and rows."""
        return [self.header, *self.rows]

    @property
    def text(self):
        """The file as it was."""
        return written(self.lines)

    def cells(self, with_header=False):
        """(row, column) of every cell; the header is row −1."""
        return [(r, c) for r in range(-1 if with_header else 0, len(self.rows))
                for c in range(len(self.header))]

    def cell(self, r, c):
        """The text of a cell."""
        return self.lines[r + 1][c]

    def put(self, r, c, text):
        """The file with another text in a cell, as it is written."""
        lines = [list(line) for line in self.lines]
        lines[r + 1][c] = text
        return written(lines)


def written(lines, separator=",", end="\n"):
    """Cells as a file, without quotes."""
    return "".join(separator.join(line) + end for line in lines)


def tables(texts=None):
    """The files of a pack, FULL unless another is given."""
    found = []
    for path, text in (texts or FULL).items():
        header, *rows = [line.split(",") for line in text.splitlines()]
        found.append(Table(path, header, rows))
    return found
