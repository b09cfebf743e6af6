<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"«?native» xmlns:e="http://earsiv.efatura.gov.tr"«/native» exclude-result-prefixes="cac cbc«?native» e«/native»">
<xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
<xsl:decimal-format decimal-separator="«point»" grouping-separator="«group»"/>
<xsl:template match="/*">
<html lang="«lang»">
<head>
<meta name="viewport" content="width=device-width"/>
<title><xsl:value-of select="«title»"/></title>
<style>«css»</style>
</head>
<body><main>«body»</main></body>
</html>
</xsl:template>
«templates»
</xsl:stylesheet>
