/* Both ends of the EFatura service on gSOAP's stubs, which are made from a WSDL. */
#include "common.h"

static int fault(struct soap *soap, int code, const char *words)
{
    struct gib__EFaturaFaultType *body = soap_malloc(soap, sizeof *body);
    struct SOAP_ENV__Detail *detail = soap_malloc(soap, sizeof *detail);
    soap_default_gib__EFaturaFaultType(soap, body);
    soap_default_SOAP_ENV__Detail(soap, detail);
    body->code = soap_malloc(soap, sizeof *body->code);
    *body->code = code;
    body->msg = soap_strdup(soap, words);
    detail->gib__EFaturaFault = body;
    return faulty(soap, words, detail);
}

static char *md5_of(struct soap *soap, const char *path)
{
    char *command = soap_malloc(soap, strlen(path) + 16), *found = soap_malloc(soap, 33);
    FILE *pipe;
    sprintf(command, "md5sum '%s'", path);
    pipe = popen(command, "r");
    found[pipe ? fread(found, 1, 32, pipe) : 0] = 0;
    if (pipe)
        pclose(pipe);
    return found;
}

int __gib__sendDocument(struct soap *soap, struct gib__documentType *request, struct gib__documentReturnType *response)
{
    char *path;
    if (!is_guid(request->fileName, ".zip"))
        return fault(soap, 2006, "GECERSIZ ZARF ADI");
    path = path_of(soap, request->fileName, "");
    if (!access(path, F_OK))
        return fault(soap, 2001, "ZARF ID SISTEMDE MEVCUT");
    if (!request->binaryData)
        return fault(soap, 2002, "ZARF ARSIVE EKLENEMEDI");
    keep(path, request->binaryData);
    response->hash = md5_of(soap, path);
    if (!request->hash || strcmp(response->hash, request->hash)) {
        unlink(path);
        return fault(soap, 2000, "OZET DEGERLER ESIT DEGIL");
    }
    response->msg = soap_strdup(soap, request->binaryData->id ? "MTOM ile alındı" : "satır içi alındı");
    return SOAP_OK;
}

int __gib__getApplicationResponse(
    struct soap *soap, struct gib__getAppRespRequestType *request, struct gib__getAppRespResponseType *response)
{
    int size;
    if (is_guid(request->instanceIdentifier, ""))
        response->applicationResponse =
            (char *)content_of(soap, path_of(soap, request->instanceIdentifier, ".xml"), &size);
    return response->applicationResponse ? SOAP_OK : fault(soap, 2004, "ZARF ID BULUNAMADI");
}

static int told(struct soap *soap)
{
    struct SOAP_ENV__Detail *detail = detail_of(soap);
    if (detail && detail->gib__EFaturaFault && detail->gib__EFaturaFault->code)
        printf("fault %d %s\n", *detail->gib__EFaturaFault->code, detail->gib__EFaturaFault->msg);
    else
        soap_print_fault(soap, stdout);
    return 0;
}

/* send … FILE NAME HASH; ask … ID */
static int call(struct soap *soap, const char *what, const char *url, char **words)
{
    struct xsd__base64Binary data = {NULL, 0, NULL, NULL, NULL};
    struct gib__documentType document;
    struct gib__documentReturnType receipt;
    struct gib__getAppRespRequestType question;
    struct gib__getAppRespResponseType answer;
    if (!strcmp(what, "ask")) {
        question.instanceIdentifier = words[0];
        if (soap_call___gib__getApplicationResponse(soap, url, NULL, &question, &answer))
            return told(soap);
        printf("answer %s\n", answer.applicationResponse);
        return 0;
    }
    data.__ptr = content_of(soap, words[0], &data.__size);
    data.type = soap->mode & SOAP_ENC_MTOM ? "application/zip" : NULL;
    document.fileName = words[1];
    document.hash = words[2];
    document.binaryData = &data;
    if (soap_call___gib__sendDocument(soap, url, NULL, &document, &receipt))
        return told(soap);
    printf("receipt %s %s\n", receipt.hash, receipt.msg);
    return 0;
}
