<?xml version="1.0" encoding="UTF-8"?>
<!-- Yevmiye defterini okumak için / to read a journal -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:edefter="http://www.edefter.gov.tr" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:gl-cor="http://www.xbrl.org/int/gl/cor/2006-10-25" xmlns:gl-bus="http://www.xbrl.org/int/gl/bus/2006-10-25"
  xmlns:gl-muc="http://www.xbrl.org/int/gl/muc/2006-10-25" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
  xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"
  exclude-result-prefixes="edefter xbrli gl-cor gl-bus gl-muc ds xades">
  <xsl:include href="ortak.xslt"/>

  <xsl:template match="/">
    <xsl:call-template name="page">
      <xsl:with-param name="title">Yevmiye Defteri</xsl:with-param>
      <xsl:with-param name="english">Journal</xsl:with-param>
      <xsl:with-param name="body">
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th class="count">Satır<small lang="en">Line</small></th><th>Hesap<small lang="en">Account</small></th><th>Hesap adı<small lang="en">Name</small></th><th>Açıklama ve belge<small lang="en">Comment, document</small></th><th class="money">Borç<small lang="en">Debit</small></th><th class="money">Alacak<small lang="en">Credit</small></th>
              </tr>
            </thead>
            <tbody>
              <xsl:apply-templates select="$entries/gl-cor:entryHeader"/>
              <xsl:if test="not($entries/gl-cor:entryHeader)">
                <tr><td class="empty" colspan="6">Bu parçada yevmiye maddesi yok.</td></tr>
              </xsl:if>
              <tr class="grand">
                <td colspan="4">
                  <xsl:value-of select="concat('Toplam · ', count($entries/gl-cor:entryHeader), ' madde, ', count($entries/gl-cor:entryHeader/gl-cor:entryDetail), ' satır')"/>
                </td>
                <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="sum($entries/gl-cor:entryHeader/gl-bus:totalDebit)"/>
                </xsl:call-template>
              </td>
                <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="sum($entries/gl-cor:entryHeader/gl-bus:totalCredit)"/>
                </xsl:call-template>
              </td>
              </tr>
            </tbody>
          </table>
        </div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="gl-cor:entryHeader">
    <tr class="group">
      <td class="count"><xsl:value-of select="gl-cor:entryNumberCounter"/></td>
      <td class="code">
            <xsl:call-template name="day">
              <xsl:with-param name="value" select="gl-cor:enteredDate"/>
            </xsl:call-template>
      </td>
      <td colspan="4">
        <xsl:if test="normalize-space(gl-cor:entryNumber)"><span>Fiş <xsl:value-of select="gl-cor:entryNumber"/></span></xsl:if>
        <xsl:value-of select="gl-cor:entryComment"/>
        <xsl:if test="normalize-space(gl-bus:batchID)">
          <xsl:value-of select="concat(' · ', gl-bus:batchDescription, ' (', gl-bus:batchID, ')')"/>
        </xsl:if>
      </td>
    </tr>
    <xsl:for-each select="gl-cor:entryDetail">
      <tr>
        <td class="count"><xsl:value-of select="gl-cor:lineNumber"/></td>
        <xsl:call-template name="account"/>
        <td>
          <xsl:value-of select="gl-cor:detailComment"/>
          <span class="sub"><xsl:call-template name="document"/></span>
            <xsl:if test="normalize-space(gl-muc:amountOriginalCurrency)">
              <span class="sub">
                <xsl:value-of select="concat(gl-muc:amountOriginalAmount, ' ', substring-after(gl-muc:amountOriginalCurrency, ':'))"/>
                <xsl:if test="normalize-space(gl-muc:amountOriginalExchangeRate)">
                  <xsl:value-of select="concat(' × ', gl-muc:amountOriginalExchangeRate, ' ', gl-muc:amountOriginalExchangeRateSource)"/>
                </xsl:if>
              </span>
            </xsl:if>
        </td>
        <xsl:call-template name="sides"/>
      </tr>
    </xsl:for-each>
    <tr class="total">
      <td class="quiet" colspan="4"><xsl:value-of select="concat('Giren: ', gl-cor:enteredBy)"/></td>
              <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="gl-bus:totalDebit"/>
                </xsl:call-template>
              </td>
              <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="gl-bus:totalCredit"/>
                </xsl:call-template>
              </td>
    </tr>
  </xsl:template>
</xsl:stylesheet>
