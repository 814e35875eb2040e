"""An authority of the tests' own that gives timestamps (RFC 3161), by `openssl ts`."""

import os
import subprocess
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

CONFIG = """\
[ ca ]
default_ca = root
[ root ]
database = issued
new_certs_dir = .
rand_serial = yes
unique_subject = no
certificate = root.pem
private_key = root.key
default_md = sha256
policy = names
x509_extensions = stamping
[ names ]
organizationName = supplied
commonName = supplied
[ stamping ]
extendedKeyUsage = critical,timeStamping
[ tsa ]
dir = .
serial = serial
crypto_device = builtin
signer_cert = {name}.pem
certs = root.pem
signer_key = {name}.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
A_YEAR = 366 * 24 * 3600


class Authority:
    """A root, and certificates below it that sign: in a folder of its own, which must be there."""

    def __init__(self, folder, name="Hollin Time"):
        self.folder, self.name, self.busy = Path(folder), name, threading.Lock()
        self.openssl("req", "-x509", *KEY, "-keyout", "root.key", "-out", "root.pem", "-days", 3650,
                     "-subj", f"/O={name}/CN={name} root")
        (self.folder / "issued").touch()
        (self.folder / "serial").write_text("01\n")
        self.root = self.folder / "root.pem"

    def openssl(self, *arguments):
        """Run openssl in the folder: what it prints."""
        done = subprocess.run(["openssl", *map(str, arguments)], cwd=self.folder, check=False,
                              capture_output=True, stdin=subprocess.DEVNULL, env={"PATH": os.environ["PATH"]})
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def issue(self, name="authority", begin=-60, end=A_YEAR):
        """Give out a certificate that is good from and to so many seconds from now; its path."""
        (self.folder / f"{name}.conf").write_text(CONFIG.format(name=name))
        self.openssl("req", *KEY, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj",
                     f"/O={self.name}/CN={self.name} {name}")
        days = [f"{datetime.now(timezone.utc) + timedelta(seconds=at):%Y%m%d%H%M%SZ}" for at in (begin, end)]
        self.openssl("ca", "-config", f"{name}.conf", "-batch", "-notext", "-startdate", days[0], "-enddate",
                     days[1], "-in", f"{name}.csr", "-out", f"{name}.pem")
        return self.folder / f"{name}.pem"

    def reply(self, query, name="authority"):
        """The reply to a query, as bytes."""
        with self.busy:
            (self.folder / "query").write_bytes(query)
            return self.openssl("ts", "-reply", "-config", f"{name}.conf", "-section", "tsa", "-queryfile", "query")
