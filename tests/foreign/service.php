<?php
// The three services on PHP's SoapServer, for PHP's own web server; and each operation called by its SoapClient.
// ULAK_WSDL: the description; ULAK_KEPT: the folder for what comes, and with what is asked for.

function kept(string $name): string
{
    return getenv('ULAK_KEPT') . '/' . basename($name);
}

class EFatura
{
    private function fault(int $code, string $words): never
    {
        throw new SoapFault('Receiver', $words, null, ['code' => $code, 'msg' => $words], 'EFaturaFaultMessage');
    }

    public function sendDocument(object $request): array
    {
        if (!preg_match('/^[0-9A-Fa-f-]{36}\.zip$/D', $request->fileName ?? '')) {
            $this->fault(2006, 'GECERSIZ ZARF ADI');
        }
        if (file_exists(kept($request->fileName))) {
            $this->fault(2001, 'ZARF ID SISTEMDE MEVCUT');
        }
        // The type has an attribute besides its content, so PHP makes an object of it.
        $data = $request->binaryData->_ ?? '';
        if (md5($data) !== ($request->hash ?? '')) {
            $this->fault(2000, 'OZET DEGERLER ESIT DEGIL');
        }
        file_put_contents(kept($request->fileName), $data);
        return ['msg' => 'alındı', 'hash' => md5($data)];
    }

    public function getApplicationResponse(object $request): array
    {
        $path = kept(($request->instanceIdentifier ?? '') . '.xml');
        if (!file_exists($path)) {
            $this->fault(2004, 'ZARF ID BULUNAMADI');
        }
        return ['applicationResponse' => file_get_contents($path)];
    }
}

class Package
{
    public function sendDocumentFile(object $request): array
    {
        file_put_contents(kept($request->Attachment->fileName), $request->Attachment->binaryData);
        return ['return' => 'Dosya Kaydedildi'];
    }

    public function getUserList(object $request): array
    {
        if ($request->type !== 'XML') {
            $words = 'Hatalı User List Parametresi. Beklenen: XML ya da CSV';
            throw new SoapFault('Receiver', $words, null, ['code' => 2, 'message' => $words], 'EArsivFault');
        }
        return ['return' => ['fileName' => 'users.zip', 'binaryData' => file_get_contents(kept('users.zip'))]];
    }

    public function receiveDocumentFile(object $request): array
    {
        $name = $request->PaketID . '.zip';
        if (!file_exists(kept($name))) {
            throw new SoapFault('Receiver', '204 Başarı ile işlenmiş bir paket bulunamadı.');
        }
        return ['return' => ['fileName' => "GIB-$name", 'binaryData' => file_get_contents(kept($name))]];
    }

    public function getBatchStatus(object $request): array
    {
        $id = $request->paketId ?? $request->paketID;
        $state = ['durumAciklama' => 'işlendi', 'durumKodu' => file_exists(kept("$id.zip")) ? 30 : 2];
        return ['return' => $state + ['paketId' => $id, 'paketKimligi' => $id]];
    }
}

ini_set('soap.wsdl_cache_enabled', '0');
ini_set('display_errors', 'stderr');
if (PHP_SAPI === 'cli-server') {
    $server = new SoapServer(getenv('ULAK_WSDL'), ['soap_version' => SOAP_1_2]);
    $server->setClass(str_contains(file_get_contents(getenv('ULAK_WSDL')), 'sendDocumentFile') ? 'Package' : 'EFatura');
    $server->handle();
    exit;
}
// php service.php URL OPERATION ARGUMENTS-IN-JSON [FILE whose bytes stand for "FILE" in them]
[, $url, $operation, $json] = $argv;
$arguments = json_decode($json, true, 512, JSON_THROW_ON_ERROR);
array_walk_recursive($arguments, function (&$value) use ($argv) {
    $value = $value === 'FILE' ? file_get_contents($argv[4]) : $value;
});
$client = new SoapClient(getenv('ULAK_WSDL'), ['location' => $url, 'soap_version' => SOAP_1_2]);
try {
    $found = ['answer' => $client->__soapCall($operation, [$arguments])];
} catch (SoapFault $fault) {
    $found = ['fault' => $fault->getMessage(), 'detail' => $fault->detail ?? null];
}
echo json_encode($found, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
