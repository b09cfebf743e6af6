/* What the programs of all services share: files, a server that lives until it is stopped, and the command line. */
#include "gsoapH.h"
#include "names.nsmap"

static const char *folder;

static char *path_of(struct soap *soap, const char *name, const char *end)
{
    char *path = soap_malloc(soap, strlen(folder) + strlen(name) + strlen(end) + 2);
    sprintf(path, "%s/%s%s", folder, name, end);
    return path;
}

/* The bytes of a file, with a NUL after them; NULL if there is no such file. */
static unsigned char *content_of(struct soap *soap, const char *path, int *size)
{
    FILE *file = fopen(path, "rb");
    unsigned char *data;
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    data = soap_malloc(soap, *size + 1);
    data[fread(data, 1, *size, file)] = 0;
    fclose(file);
    return data;
}

static void keep(const char *path, struct xsd__base64Binary *data)
{
    FILE *file = fopen(path, "wb");
    fwrite(data->__ptr, 1, data->__size, file);
    fclose(file);
}

/* Whether a name is 36 hexadecimal digits and hyphens, and then that end. */
static int is_guid(const char *text, const char *end)
{
    size_t length = text ? strspn(text, "0123456789abcdefABCDEF-") : 0;
    return length == 36 && !strcmp(text + length, end);
}

static int faulty(struct soap *soap, const char *words, struct SOAP_ENV__Detail *detail)
{
    soap_receiver_fault(soap, words, NULL);
    if (soap->version == 2)
        soap->fault->SOAP_ENV__Detail = detail;
    else
        soap->fault->detail = detail;
    return SOAP_FAULT;
}

static struct SOAP_ENV__Detail *detail_of(struct soap *soap)
{
    if (!soap->fault)
        return NULL;
    return soap->version == 2 ? soap->fault->SOAP_ENV__Detail : soap->fault->detail;
}

static int serve(struct soap *soap)
{
    struct sockaddr_in place;
    socklen_t size = sizeof place;
    SOAP_SOCKET listener = soap_bind(soap, "127.0.0.1", 0, 100);
    if (!soap_valid_socket(listener) || getsockname(listener, (struct sockaddr *)&place, &size))
        return 1;
    printf("%d\n", ntohs(place.sin_port));
    fflush(stdout);
    while (soap_valid_socket(soap_accept(soap))) {
        soap_serve(soap);
        soap_destroy(soap);
        soap_end(soap);
    }
    return 1;
}

static int call(struct soap *soap, const char *what, const char *url, char **words);

/* serve FOLDER, or OPERATION mtom|inline URL WORD… */
int main(int count, char **words)
{
    int is_server = count == 3, is_packed = is_server || !strcmp(words[2], "mtom");
    struct soap *soap = soap_new1(SOAP_C_UTFSTRING | SOAP_IO_KEEPALIVE | (is_packed ? SOAP_ENC_MTOM : 0));
    soap->accept_timeout = 600;
    soap->send_timeout = soap->recv_timeout = 20;
    folder = words[2];
    return is_server ? serve(soap) : call(soap, words[1], words[3], words + 4);
}
