<?xml version="1.0" encoding="UTF-8"?>
<!-- Defter raporunu okumak için / to read a ledger report -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:edefter="http://www.edefter.gov.tr" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:gl-cor="http://www.xbrl.org/int/gl/cor/2006-10-25" xmlns:gl-bus="http://www.xbrl.org/int/gl/bus/2006-10-25"
  xmlns:gl-muc="http://www.xbrl.org/int/gl/muc/2006-10-25" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
  xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"
  exclude-result-prefixes="edefter xbrli gl-cor gl-bus gl-muc ds xades">
  <xsl:include href="ortak.xslt"/>

  <xsl:variable name="details" select="$entries/gl-cor:entryHeader/gl-cor:entryDetail"/>
  <xsl:key name="credit" match="gl-cor:entryDetail[starts-with(gl-cor:debitCreditCode, 'C')]" use="normalize-space(gl-cor:account/gl-cor:accountMainID)"/>

  <xsl:template match="/">
    <xsl:call-template name="page">
      <xsl:with-param name="title">Defter Raporu</xsl:with-param>
      <xsl:with-param name="english">Ledger report</xsl:with-param>
      <xsl:with-param name="body">
        <dl class="facts">
          <xsl:call-template name="fact">
            <xsl:with-param name="name">Rapor no (ETTN)</xsl:with-param>
            <xsl:with-param name="value" select="$segment/gl-cor:uniqueID"/>
          </xsl:call-template>
        </dl>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>Hesap<small lang="en">Account</small></th><th>Hesap adı<small lang="en">Name</small></th><th class="count">İşlem<small lang="en">Lines</small></th><th class="money">Borç<small lang="en">Debit</small></th><th class="count">İşlem<small lang="en">Lines</small></th><th class="money">Alacak<small lang="en">Credit</small></th><th class="money">Fark<small lang="en">Difference</small></th>
              </tr>
            </thead>
            <tbody>
              <xsl:for-each select="$details[starts-with(gl-cor:debitCreditCode, 'D')]">
                <xsl:variable name="credit" select="key('credit', normalize-space(gl-cor:account/gl-cor:accountMainID))"/>
                <tr>
                  <xsl:call-template name="account"/>
                  <td class="count"><xsl:value-of select="gl-cor:documentApplyToNumber"/></td>
                  <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="gl-cor:amount"/>
                </xsl:call-template>
              </td>
                  <td class="count"><xsl:value-of select="$credit/gl-cor:documentApplyToNumber"/></td>
                  <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="$credit/gl-cor:amount"/>
                </xsl:call-template>
              </td>
                  <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="gl-cor:amount - $credit/gl-cor:amount"/>
                </xsl:call-template>
              </td>
                </tr>
              </xsl:for-each>
              <tr class="grand">
                <td colspan="3">
                  <xsl:value-of select="concat('Toplam · ', count($details) div 2, ' hesap')"/>
                </td>
                <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="sum($details[starts-with(gl-cor:debitCreditCode, 'D')]/gl-cor:amount)"/>
                </xsl:call-template>
              </td>
                <td/>
                <td class="money">
                <xsl:call-template name="money">
                  <xsl:with-param name="value" select="sum($details[starts-with(gl-cor:debitCreditCode, 'C')]/gl-cor:amount)"/>
                </xsl:call-template>
              </td>
                <td/>
              </tr>
            </tbody>
          </table>
        </div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
