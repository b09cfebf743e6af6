/* Both ends of the e-Arşiv service on gSOAP's stubs, which are made from a WSDL. */
#include "common.h"

static int fault(struct soap *soap, int code, const char *words)
{
    struct gib__EArsivFault *body = soap_malloc(soap, sizeof *body);
    struct SOAP_ENV__Detail *detail = soap_malloc(soap, sizeof *detail);
    soap_default_gib__EArsivFault(soap, body);
    soap_default_SOAP_ENV__Detail(soap, detail);
    body->code = soap_malloc(soap, sizeof *body->code);
    *body->code = code;
    body->message = soap_strdup(soap, words);
    detail->gib__EArsivFault = body;
    return faulty(soap, words, detail);
}

int __gib__sendDocumentFile(
    struct soap *soap, struct gib__sendDocumentFile *request, struct gib__sendDocumentFileResponse *response)
{
    if (!request->Attachment)
        return fault(soap, 2, "Attachment null olamaz");
    if (!is_guid(request->Attachment->fileName, ".zip"))
        return fault(soap, 9, "Dosya ismi 36 + .zip 40 karakter olmalıdır");
    keep(path_of(soap, request->Attachment->fileName, ""), &request->Attachment->binaryData);
    response->return_ = soap_strdup(soap, "Dosya Kaydedildi");
    return SOAP_OK;
}

int __gib__getUserList(struct soap *soap, struct gib__getUserList *request, struct gib__getUserListResponse *response)
{
    if (!request->type || strcmp(request->type, "XML"))
        return fault(soap, 2, "Hatalı User List Parametresi. Beklenen: XML ya da CSV");
    response->return_ = soap_malloc(soap, sizeof *response->return_);
    soap_default_gib__attachment(soap, response->return_);
    response->return_->fileName = soap_strdup(soap, "users.zip");
    response->return_->binaryData.__ptr =
        content_of(soap, path_of(soap, "users.zip", ""), &response->return_->binaryData.__size);
    response->return_->binaryData.type = "application/zip";
    return SOAP_OK;
}

int __gib__getBatchStatus(
    struct soap *soap, struct gib__getBatchStatus *request, struct gib__getBatchStatusResponse *response)
{
    struct gib__durum *state = soap_malloc(soap, sizeof *state);
    int is_there = is_guid(request->paketId, "") && !access(path_of(soap, request->paketId, ".zip"), F_OK);
    soap_default_gib__durum(soap, state);
    state->durumKodu = is_there ? 30 : 2;
    state->durumAciklama = soap_strdup(soap, is_there ? "Paket başarıyla işlendi" : "Paket bulunamadı");
    state->paketId = soap_strdup(soap, request->paketId);
    state->vergiKimlikNo = soap_strdup(soap, "4812530769");
    response->return_ = state;
    return SOAP_OK;
}

static int told(struct soap *soap)
{
    struct SOAP_ENV__Detail *detail = detail_of(soap);
    if (detail && detail->gib__EArsivFault && detail->gib__EArsivFault->code)
        printf("fault %d %s\n", *detail->gib__EArsivFault->code, detail->gib__EArsivFault->message);
    else
        soap_print_fault(soap, stdout);
    return 0;
}

static int send_file(struct soap *soap, const char *url, char **words)
{
    struct gib__attachment file;
    struct gib__sendDocumentFile request = {&file};
    struct gib__sendDocumentFileResponse response;
    soap_default_gib__attachment(soap, &file);
    file.fileName = words[1];
    file.binaryData.__ptr = content_of(soap, words[0], &file.binaryData.__size);
    file.binaryData.type = soap->mode & SOAP_ENC_MTOM ? "application/zip" : NULL;
    if (soap_call___gib__sendDocumentFile(soap, url, NULL, &request, &response))
        return told(soap);
    printf("receipt %s\n", response.return_);
    return 0;
}

/* send … FILE NAME; ask … ID; list … TYPE FILE */
static int call(struct soap *soap, const char *what, const char *url, char **words)
{
    struct gib__getBatchStatus question = {words[0]};
    struct gib__getBatchStatusResponse state;
    struct gib__getUserList wish = {words[0]};
    struct gib__getUserListResponse list;
    if (!strcmp(what, "send"))
        return send_file(soap, url, words);
    if (!strcmp(what, "ask")) {
        if (soap_call___gib__getBatchStatus(soap, url, NULL, &question, &state))
            return told(soap);
        printf("answer %d %s %s\n", state.return_->durumKodu, state.return_->durumAciklama, state.return_->paketId);
        return 0;
    }
    if (soap_call___gib__getUserList(soap, url, NULL, &wish, &list))
        return told(soap);
    keep(words[1], &list.return_->binaryData);
    printf("answer %s\n", list.return_->fileName);
    return 0;
}
