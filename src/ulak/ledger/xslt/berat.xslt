<?xml version="1.0" encoding="UTF-8"?>
<!-- Beratları okumak için / to read berats -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:edefter="http://www.edefter.gov.tr" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:gl-cor="http://www.xbrl.org/int/gl/cor/2006-10-25" xmlns:gl-bus="http://www.xbrl.org/int/gl/bus/2006-10-25"
  xmlns:gl-muc="http://www.xbrl.org/int/gl/muc/2006-10-25" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
  xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"
  exclude-result-prefixes="edefter xbrli gl-cor gl-bus gl-muc ds xades">
  <xsl:include href="ortak.xslt"/>

  <xsl:variable name="type" select="normalize-space($info/gl-cor:entriesType)"/>
  <xsl:variable name="details" select="$entries/gl-cor:entryHeader/gl-cor:entryDetail"/>
  <xsl:key name="credit" match="gl-cor:entryDetail[starts-with(gl-cor:debitCreditCode, 'C')]" use="normalize-space(gl-cor:account/gl-cor:accountMainID)"/>

  <xsl:template match="/">
    <xsl:call-template name="page">
      <xsl:with-param name="title">
        <xsl:choose>
          <xsl:when test="$type = 'journal'">Yevmiye Defteri Beratı</xsl:when>
          <xsl:when test="$type = 'ledger'">Büyük Defter Beratı</xsl:when>
          <xsl:otherwise>Envanter Defteri Beratı</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="english">Berat</xsl:with-param>
      <xsl:with-param name="body">
        <dl class="facts">
          <xsl:call-template name="fact">
            <xsl:with-param name="name">Berat no (ETTN)</xsl:with-param>
            <xsl:with-param name="value" select="$segment/gl-cor:uniqueID"/>
          </xsl:call-template>
          <xsl:call-template name="fact">
            <xsl:with-param name="name">Madde sayısı</xsl:with-param>
            <xsl:with-param name="value" select="$segment/gl-bus:numberOfEntries"/>
          </xsl:call-template>
          <xsl:if test="$segment/gl-bus:measurableQuantity">
            <xsl:call-template name="fact">
              <xsl:with-param name="name">Defterin boyutu</xsl:with-param>
              <xsl:with-param name="value" select="concat($segment/gl-bus:measurableQuantity, ' MB')"/>
            </xsl:call-template>
          </xsl:if>
          <xsl:call-template name="fact">
            <xsl:with-param name="name">Defterin mühür değeri</xsl:with-param>
            <xsl:with-param name="value" select="translate(/*/ds:SignatureValue, ' &#10;&#13;&#9;', '')"/>
          </xsl:call-template>
        </dl>
        <xsl:if test="$details">
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>Hesap<small lang="en">Account</small></th><th>Vergi detayı: dönem içi değişiklikler<small lang="en">Changes in the period</small></th><th class="money">Borç<small lang="en">Debit</small></th><th class="money">Alacak<small lang="en">Credit</small></th>
                </tr>
              </thead>
              <tbody>
                <xsl:for-each select="$details[starts-with(gl-cor:debitCreditCode, 'D')]">
                  <xsl:variable name="main" select="normalize-space(gl-cor:account/gl-cor:accountMainID)"/>
                  <tr>
                    <xsl:call-template name="account"/>
                    <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="gl-cor:amount"/>
                </xsl:call-template>
              </td>
                    <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="key('credit', $main)/gl-cor:amount"/>
                </xsl:call-template>
              </td>
                  </tr>
                </xsl:for-each>
              </tbody>
            </table>
          </div>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
