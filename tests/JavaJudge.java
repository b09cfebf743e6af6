import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Says of each file whether the first signature in it is by the certificate's key: "good NAME" or "bad NAME". */
public class JavaJudge {
    public static void main(String[] arguments) throws Exception {
        Certificate certificate;
        try (InputStream in = new FileInputStream(arguments[0])) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        for (int i = 1; i < arguments.length; i++) {
            File file = new File(arguments[i]);
            System.out.println((holds(file, certificate) ? "good " : "bad ") + file.getName());
        }
    }

    private static boolean holds(File file, Certificate certificate) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Document document = factory.newDocumentBuilder().parse(file);
            markIds(document.getDocumentElement());
            Node first = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
            DOMValidateContext context = new DOMValidateContext(certificate.getPublicKey(), first);
            return XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context).validate(context);
        } catch (Exception broken) {
            return false;
        }
    }

    private static void markIds(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if ("Id".equals(attribute.getLocalName())) {
                element.setIdAttributeNode(attribute, true);
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                markIds((Element) child);
            }
        }
    }
}
