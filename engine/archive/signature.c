#include "archive/signature.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/approvers.h"
#include "base/files.h"
#include "base/temporary.h"
#include "pack/rules/rules.h"

#include "base/poison.h"

#define NAMESPACE "schemepay" /* signatures made for another purpose do not count */
#define PROGRAM "ssh-keygen"
#define SIGNATURE_FILE "signature"

/* Where systems keep their programs. What PATH names may be anybody's. */
static const char *const PROGRAMS[] = {"/usr/bin/" PROGRAM, "/usr/local/bin/" PROGRAM,
                                       "/bin/" PROGRAM, "/opt/homebrew/bin/" PROGRAM,
                                       "/run/current-system/sw/bin/" PROGRAM};

const char *
signature_program(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(PROGRAMS); i++)
        if (g_file_test(PROGRAMS[i], G_FILE_TEST_IS_EXECUTABLE) &&
            !g_file_test(PROGRAMS[i], G_FILE_TEST_IS_DIR))
            return PROGRAMS[i];
    return NULL;
}

/* What ssh-keygen answered. */
typedef struct {
    char *output;
    char *words; /* the last line of its messages, escaped */
    bool is_content;
} Answer;

static void
answer_clear(Answer *answer)
{
    g_free(answer->output);
    g_free(answer->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answer, answer_clear)

/* The last line of the messages; where there are none, of the output. */
static char *
last_line(char *said, char *printed)
{
    GString *words = g_string_new(NULL);
    char *text = g_strchomp(said)[0] != '\0' ? said : g_strchomp(printed);
    const char *end = strrchr(text, '\n');
    lines_append_escaped(words, end == NULL ? text : end + 1);
    return g_string_free(words, FALSE);
}

/* Between fork and exec: the file that was opened becomes the standard input. */
static void
take_input(gpointer user)
{
    const int *file = user;
    if (dup2(*file, STDIN_FILENO) < 0)
        _exit(127);
}

/* Runs ssh-keygen with a run's manifest as its input, and without our environment. */
static bool
ask(const Signers *signers, const Run *run, const char *const *arguments, Answer *answer,
    GError **error)
{
    static const char *const ENVIRONMENT[] = {"TZ=UTC", NULL}; /* times without a zone are in UTC */
    if (signers->ssh_keygen == NULL) {
        g_set_error(error, SP_ERROR, SP_ERROR_NO_INPUT,
                    PROGRAM " is not there, which makes and checks signatures\n"
                            "hint: it comes with OpenSSH: Debian's package openssh-client");
        return false;
    }
    g_autofree char *manifest = run_path(run, MANIFEST_FILE);
    int file = open(manifest, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, "%s: cannot be read: %s", manifest,
                    g_strerror(errno));
        return false;
    }
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    g_ptr_array_add(line, (gpointer)signers->ssh_keygen);
    for (; *arguments != NULL; arguments++)
        g_ptr_array_add(line, (gpointer)*arguments);
    g_ptr_array_add(line, NULL);
    g_autoptr(GError) reason = NULL;
    g_autofree char *said = NULL, *printed = NULL;
    int status;
    bool is_run = g_spawn_sync(NULL, (char **)line->pdata, (char **)ENVIRONMENT, G_SPAWN_DEFAULT,
                               take_input, &file, &printed, &said, &status, &reason);
    close(file);
    if (!is_run) {
        g_set_error(error, SP_ERROR, SP_ERROR_IO, PROGRAM ": cannot be run: %s", reason->message);
        return false;
    }
    answer->is_content = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    answer->output = g_strdup(printed);
    answer->words = last_line(said, printed);
    return true;
}

/* The approvers of a run's year in a folder of rules. */
static char *
approvers_in(const char *rules, const Run *run)
{
    g_autoptr(GString) year = g_string_new(NULL);
    year_append(year, run->name.period.year);
    return g_build_filename(rules, year->str, APPROVERS_FILE, NULL);
}

/* The approvers that were sealed with a run. */
static char *
approvers_sealed(const Run *run)
{
    g_autofree char *rules = run_path(run, RULES_FOLDER);
    return approvers_in(rules, run);
}

/* Whether a file or a link has that name. A list of approvers that cannot be read still counts: it
 * lists nobody, so no signature holds by it. */
static bool
is_there(const char *path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

bool
signature_is_needed(const Signers *signers, const Run *run)
{
    g_autofree char *sealed = approvers_sealed(run);
    g_autofree char *present = approvers_in(signers->rules, run);
    return is_there(sealed) || is_there(present);
}

/* Whether what was made is a signature of the run's manifest. SP_ERROR_NOT_ALLOWED where not. */
static bool
is_of_run(const Signers *signers, const Run *run, const char *signature, GError **error)
{
    Scratch *scratch = scratch_new(error);
    if (scratch == NULL)
        return false;
    g_autofree char *path = g_build_filename(scratch->path, SIGNATURE_FILE, NULL);
    const char *arguments[] = {"-Y", "check-novalidate", "-n", NAMESPACE, "-s", path, NULL};
    g_auto(Answer) answer = {0};
    bool is_asked = file_create(path, (Span){signature, strlen(signature)}, error) &&
                    ask(signers, run, arguments, &answer, error);
    if (is_asked && !answer.is_content)
        g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                    PROGRAM " made what is no signature of this run: %s", answer.words);
    bool is_good = is_asked && answer.is_content;
    return scratch_remove(scratch, is_good ? error : NULL) && is_good;
}

bool
signature_make(const Signers *signers, const Run *run, const char *key, char **signature,
               GError **error)
{
    const char *arguments[] = {"-q", "-Y", "sign", "-n", NAMESPACE, "-f", key, NULL};
    g_auto(Answer) answer = {0};
    if (!is_there(key)) {
        g_set_error(error, SP_ERROR, SP_ERROR_NO_INPUT, "%s: cannot be read: no such file", key);
        return false;
    }
    if (!ask(signers, run, arguments, &answer, error))
        return false;
    if (!answer.is_content) {
        g_set_error(error, SP_ERROR, SP_ERROR_NOT_ALLOWED,
                    "%s: nothing can be signed with it: " PROGRAM ": %s", key, answer.words);
        return false;
    }
    if (!is_of_run(signers, run, answer.output, error)) {
        g_prefix_error(error, "%s: nothing can be signed with it: ", key);
        return false;
    }
    *signature = g_steal_pointer(&answer.output);
    return true;
}

static void
add_fault(FaultClass class, const char *message, gpointer user)
{
    const gpointer *context = user;
    const Run *run = context[1];
    if (fault_refuses(class))
        findings_add(context[0], FINDING_APPROVAL, run->text, "%s", message);
}

/* Checks a list of approvers itself. That it cannot be read, ssh-keygen says. */
static void
check_list(const Run *run, const char *approvers, GPtrArray *findings)
{
    g_autoptr(Faults) faults = faults_new();
    g_autoptr(Document) document = document_open(approvers, approvers, NULL);
    gpointer context[] = {findings, (gpointer)run};
    if (document == NULL)
        return;
    approvers_check(document, FAULT_RULES, faults);
    faults_each(faults, add_fault, context);
}

/* Checks the signature in a file by one list of approvers. */
static bool
check_by(const Signers *signers, const Run *run, const Approval *approval, const char *approvers,
         const char *signature, GPtrArray *findings, GError **error)
{
    g_autoptr(GString) time = g_string_new("verify-time=");
    for (const char *at = approval->approved_at; *at != '\0'; at++)
        if (g_ascii_isdigit(*at))
            g_string_append_c(time, *at);
    const char *arguments[] = {"-Y", "verify",  "-f", approvers, "-I", approval->approved_by,
                               "-n", NAMESPACE, "-s", signature, "-O", time->str,
                               NULL};
    g_auto(Answer) answer = {0};
    check_list(run, approvers, findings);
    if (!ask(signers, run, arguments, &answer, error))
        return false;
    if (!answer.is_content)
        findings_add(findings, FINDING_APPROVAL, run->text,
                     "its signature is none that %s allows %s: " PROGRAM ": %s", approvers,
                     approval->approved_by, answer.words);
    return true;
}

/* Checks a signature by both lists of approvers; by one where the other is not there or the same.
 */
static bool
check_in(const Signers *signers, const Run *run, const Approval *approval, const char *folder,
         GPtrArray *findings, GError **error)
{
    g_autofree char *path = g_build_filename(folder, SIGNATURE_FILE, NULL);
    g_autofree char *sealed = approvers_sealed(run);
    g_autofree char *present = approvers_in(signers->rules, run);
    bool are_alike = false;
    if (!file_create(path, (Span){approval->signature, strlen(approval->signature)}, error))
        return false;
    if (is_there(sealed) && !check_by(signers, run, approval, sealed, path, findings, error))
        return false;
    if (!is_there(present) || (files_compare(sealed, present, &are_alike, NULL) && are_alike))
        return true;
    return check_by(signers, run, approval, present, path, findings, error);
}

bool
signature_check(const Signers *signers, const Run *run, const Approval *approval,
                GPtrArray *findings, GError **error)
{
    bool is_needed = signature_is_needed(signers, run);
    if (approval->signature == NULL || !is_needed) {
        if (is_needed)
            findings_add(findings, FINDING_APPROVAL, run->text,
                         "is not signed, although " APPROVERS_FILE " names who may sign");
        else if (approval->signature != NULL)
            findings_add(findings, FINDING_NOTE, run->text,
                         "its approval is signed, but no " APPROVERS_FILE
                         " says whose key that is");
        return true;
    }
    Scratch *scratch = scratch_new(error);
    if (scratch == NULL)
        return false;
    bool is_done = check_in(signers, run, approval, scratch->path, findings, error);
    return scratch_remove(scratch, is_done ? error : NULL) && is_done;
}
