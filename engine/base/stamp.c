#include "base/stamp.h"

#include <limits.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include "base/fault.h"

#include "base/poison.h"

#define SECONDS_A_DAY 86400
#define MAX_REPLY (1 << 20) /* bytes: replies have a few thousand */

struct Stamp {
    TS_RESP *reply;
    time_t at; /* its time */
    char time[sizeof "2025-10-06T10:00:00Z"];
    char *authority;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ASN1_OCTET_STRING, ASN1_OCTET_STRING_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ASN1_TIME, ASN1_TIME_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TS_MSG_IMPRINT, TS_MSG_IMPRINT_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TS_REQ, TS_REQ_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(X509_ALGOR, X509_ALGOR_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(X509_STORE, X509_STORE_free)

/* ------------------------------------------------------------------------------------ the query */

/* The bytes of a SHA-256. */
static void
read_hex(const char *hex, guchar bytes[DIGEST_LENGTH / 2])
{
    for (gsize i = 0; i < DIGEST_LENGTH / 2; i++)
        bytes[i] =
            (guchar)(g_ascii_xdigit_value(hex[2 * i]) * 16 + g_ascii_xdigit_value(hex[2 * i + 1]));
}

/* Fills a query; false where libcrypto does not. */
static bool
fill(TS_REQ *query, const char *hex)
{
    guchar bytes[DIGEST_LENGTH / 2];
    g_autoptr(TS_MSG_IMPRINT) imprint = TS_MSG_IMPRINT_new();
    g_autoptr(X509_ALGOR) algorithm = X509_ALGOR_new();
    read_hex(hex, bytes);
    return X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
           TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
           TS_MSG_IMPRINT_set_msg(imprint, bytes, sizeof bytes) == 1 &&
           TS_REQ_set_version(query, 1) == 1 && TS_REQ_set_msg_imprint(query, imprint) == 1 &&
           TS_REQ_set_cert_req(query, 1) == 1;
}

GString *
stamp_query(const char hex[DIGEST_LENGTH + 1])
{
    g_autoptr(TS_REQ) query = TS_REQ_new();
    guchar *bytes = NULL;
    int length = fill(query, hex) ? i2d_TS_REQ(query, &bytes) : -1;
    if (length < 0)
        g_error("libcrypto makes no timestamp query");
    GString *made = g_string_new_len((const char *)bytes, length);
    OPENSSL_free(bytes);
    return made;
}

/* ------------------------------------------------------------------------------------ the reply */

void
stamp_free(Stamp *stamp)
{
    if (stamp == NULL)
        return;
    TS_RESP_free(stamp->reply);
    g_free(stamp->authority);
    g_free(stamp);
}

/* Why libcrypto failed, in its own words, which are then forgotten. */
static char *
take_reason(void)
{
    const char *detail = NULL;
    int flags = 0;
    unsigned long code = ERR_peek_last_error_all(NULL, NULL, NULL, &detail, &flags);
    const char *reason = ERR_reason_error_string(code);
    bool has_detail = detail != NULL && detail[0] != '\0' && (flags & ERR_TXT_STRING) != 0;
    g_autofree char *words = g_strconcat(reason == NULL ? "no reason is given" : reason,
                                         has_detail ? ", " : "", has_detail ? detail : "", NULL);
    ERR_clear_error();
    return text_shown(words);
}

static bool
fail(GError **error, SpError code, const char *what)
{
    ERR_clear_error();
    g_set_error_literal(error, SP_ERROR, (int)code, what);
    return false;
}

/* What the authority says where it grants nothing. */
static bool
fail_refused(TS_STATUS_INFO *status, GError **error)
{
    g_autoptr(GString) words = g_string_new(NULL);
    const STACK_OF(ASN1_UTF8STRING) *texts = TS_STATUS_INFO_get0_text(status);
    for (int i = 0; texts != NULL && i < sk_ASN1_UTF8STRING_num(texts); i++) {
        const ASN1_UTF8STRING *text = sk_ASN1_UTF8STRING_value(texts, i);
        g_autofree char *copy =
            g_strndup((const char *)ASN1_STRING_get0_data(text), (gsize)ASN1_STRING_length(text));
        g_string_append(words, i == 0 ? ": " : "; ");
        text_append_shown(words, copy);
    }
    ERR_clear_error();
    g_set_error(error, SP_ERROR, SP_ERROR_INPUT, "the authority gave no timestamp%s", words->str);
    return false;
}

/* The certificate of whoever signed a reply, which belongs to the reply; NULL where it has none, or
 * several. */
static X509 *
signer_of(const Stamp *stamp)
{
    STACK_OF(X509) *signers = PKCS7_get0_signers(TS_RESP_get_token(stamp->reply), NULL, 0);
    X509 *signer = sk_X509_num(signers) == 1 ? sk_X509_value(signers, 0) : NULL;
    sk_X509_free(signers);
    return signer;
}

/* Takes the time out of a reply. */
static bool
take_time(Stamp *stamp)
{
    const TS_TST_INFO *token = TS_RESP_get_tst_info(stamp->reply);
    const ASN1_GENERALIZEDTIME *given = TS_TST_INFO_get_time(token);
    g_autoptr(ASN1_TIME) beginning = ASN1_TIME_set(NULL, 0);
    struct tm parts;
    int days, seconds;
    if (ASN1_TIME_to_tm(given, &parts) != 1 || parts.tm_year < 70 || parts.tm_year >= 8100 ||
        ASN1_TIME_diff(&days, &seconds, beginning, given) != 1)
        return false;
    stamp->at = (time_t)days * SECONDS_A_DAY + seconds;
    gsize length = strftime(stamp->time, sizeof stamp->time, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return length + 1 == sizeof stamp->time;
}

/* Takes the name out of the certificate in a reply. */
static bool
take_authority(Stamp *stamp)
{
    const unsigned long form = XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB;
    X509 *signer = signer_of(stamp);
    g_autoptr(BIO) written = BIO_new(BIO_s_mem());
    char *text = NULL;
    if (signer == NULL || X509_NAME_print_ex(written, X509_get_subject_name(signer), 0, form) < 0)
        return false;
    long length = BIO_get_mem_data(written, &text);
    g_autofree char *name = g_strndup(text == NULL ? "" : text, (gsize)length);
    stamp->authority = name[0] == '\0' ? g_strdup("?") : text_shown(name);
    return true;
}

Stamp *
stamp_read(Span reply, GError **error)
{
    static const char NO_REPLY[] = "is no reply to a timestamp query (RFC 3161)";
    g_autoptr(Stamp) stamp = g_new0(Stamp, 1);
    const guchar *at = (const guchar *)reply.text;
    if (reply.length <= MAX_REPLY)
        stamp->reply = d2i_TS_RESP(NULL, &at, (long)reply.length);
    if (stamp->reply == NULL || at != (const guchar *)reply.text + reply.length) {
        fail(error, SP_ERROR_INPUT, NO_REPLY);
        return NULL;
    }
    TS_STATUS_INFO *status = TS_RESP_get_status_info(stamp->reply);
    long granted = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
    if (granted != TS_STATUS_GRANTED && granted != TS_STATUS_GRANTED_WITH_MODS) {
        fail_refused(status, error);
        return NULL;
    }
    if (TS_RESP_get_tst_info(stamp->reply) == NULL || !take_time(stamp)) {
        fail(error, SP_ERROR_INPUT, NO_REPLY);
        return NULL;
    }
    if (!take_authority(stamp)) {
        fail(error, SP_ERROR_INPUT, "does not hold the certificate of whoever signed it");
        return NULL;
    }
    return g_steal_pointer(&stamp);
}

const char *
stamp_time(const Stamp *stamp)
{
    return stamp->time;
}

const char *
stamp_authority(const Stamp *stamp)
{
    return stamp->authority;
}

bool
stamp_is_of(const Stamp *stamp, const char hex[DIGEST_LENGTH + 1])
{
    guchar bytes[DIGEST_LENGTH / 2];
    const ASN1_OBJECT *algorithm;
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(TS_RESP_get_tst_info(stamp->reply));
    const ASN1_OCTET_STRING *stamped = TS_MSG_IMPRINT_get_msg(imprint);
    read_hex(hex, bytes);
    X509_ALGOR_get0(&algorithm, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
    return OBJ_obj2nid(algorithm) == NID_sha256 && ASN1_STRING_length(stamped) == sizeof bytes &&
           memcmp(ASN1_STRING_get0_data(stamped), bytes, sizeof bytes) == 0;
}

/* -------------------------------------------------------------------------------- its signature */

bool
stamp_is_signed(const Stamp *stamp, GError **error)
{
    PKCS7 *token = TS_RESP_get_token(stamp->reply);
    if (PKCS7_verify(token, NULL, NULL, NULL, NULL, PKCS7_NOVERIFY) == 1)
        return true;
    g_autofree char *reason = take_reason();
    return fail(error, SP_ERROR_INPUT, reason);
}

/* A store of the certificates of a PEM file; NULL where one cannot be read, or there is none. */
static X509_STORE *
store_of(Span pem, GError **error)
{
    g_autoptr(X509_STORE) store = X509_STORE_new();
    g_autoptr(BIO) lines = BIO_new_mem_buf(pem.text, (int)MIN(pem.length, INT_MAX));
    guint count = 0;
    while (true) {
        g_autoptr(X509) certificate = PEM_read_bio_X509(lines, NULL, NULL, NULL);
        if (certificate == NULL || X509_STORE_add_cert(store, certificate) != 1)
            break;
        count++;
    }
    bool is_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (is_end && count > 0) {
        ERR_clear_error();
        return g_steal_pointer(&store);
    }
    fail(error, SP_ERROR_RULES, "is no list of certificates (PEM)");
    return NULL;
}

bool
stamp_authorities_pass(Span authorities, GError **error)
{
    g_autoptr(X509_STORE) store = store_of(authorities, error);
    return store != NULL;
}

bool
stamp_is_by(const Stamp *stamp, Span authorities, GError **error)
{
    g_autoptr(X509_STORE) store = store_of(authorities, error);
    if (store == NULL)
        return false;
    X509_VERIFY_PARAM *asked = X509_STORE_get0_param(store);
    X509_VERIFY_PARAM_set_time(asked, stamp->at);
    X509_VERIFY_PARAM_set_flags(asked, X509_V_FLAG_PARTIAL_CHAIN);
    if (TS_RESP_verify_signature(TS_RESP_get_token(stamp->reply), NULL, store, NULL) == 1)
        return true;
    g_autofree char *reason = take_reason();
    return fail(error, SP_ERROR_INPUT, reason);
}
