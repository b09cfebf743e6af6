<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:edefter="http://www.edefter.gov.tr" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:gl-cor="http://www.xbrl.org/int/gl/cor/2006-10-25" xmlns:gl-bus="http://www.xbrl.org/int/gl/bus/2006-10-25"
  xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"
  exclude-result-prefixes="edefter xbrli gl-cor gl-bus ds xades">

  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
  <xsl:decimal-format name="tr" decimal-separator="," grouping-separator="." NaN="–"/>

  <xsl:variable name="xbrl" select="/*/xbrli:xbrl"/>
  <xsl:variable name="entries" select="$xbrl/gl-cor:accountingEntries"/>
  <xsl:variable name="info" select="$entries/gl-cor:documentInfo"/>
  <xsl:variable name="entity" select="$entries/gl-cor:entityInformation"/>
  <xsl:variable name="owner" select="normalize-space($xbrl/xbrli:context/xbrli:entity/xbrli:identifier)"/>
  <xsl:variable name="segment" select="$xbrl/xbrli:context/xbrli:entity/xbrli:segment"/>

  <!-- The page -->

  <xsl:template name="page">
    <xsl:param name="title"/>
    <xsl:param name="english"/>
    <xsl:param name="body"/>
    <html lang="tr">
      <head>
        <meta charset="UTF-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>
          <xsl:value-of select="concat($owner, ' · ', $title, ' · ', $info/gl-cor:periodCoveredStart)"/>
        </title>
        <xsl:call-template name="style"/>
      </head>
      <body>
        <main>
          <header>
            <div class="title">
              <h1>
                <xsl:value-of select="$title"/>
                <small lang="en">
                  <xsl:value-of select="$english"/>
                </small>
              </h1>
              <p class="period">
                <xsl:call-template name="day">
                  <xsl:with-param name="value" select="$info/gl-cor:periodCoveredStart"/>
                </xsl:call-template>
                <xsl:if test="normalize-space($info/gl-cor:periodCoveredStart) != normalize-space($info/gl-cor:periodCoveredEnd)">
                  <xsl:text> – </xsl:text>
                  <xsl:call-template name="day">
                    <xsl:with-param name="value" select="$info/gl-cor:periodCoveredEnd"/>
                  </xsl:call-template>
                </xsl:if>
              </p>
            </div>
            <xsl:call-template name="company"/>
          </header>
          <xsl:copy-of select="$body"/>
          <xsl:call-template name="seals"/>
          <footer>
            <xsl:value-of select="$info/gl-cor:entriesComment"/>
            <span>
              <xsl:value-of select="translate($info/gl-bus:sourceApplication, '#', ' ')"/>
            </span>
          </footer>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="company">
    <div class="company">
      <section>
        <h2>
          <xsl:value-of select="$entity/gl-bus:organizationIdentifiers[gl-bus:organizationDescription = 'Kurum Unvanı' or gl-bus:organizationDescription = 'Adı Soyadı']/gl-bus:organizationIdentifier"/>
        </h2>
        <xsl:if test="$entity/gl-bus:organizationIdentifiers[gl-bus:organizationDescription = 'Şube No']">
          <p>
            <xsl:value-of select="concat($entity/gl-bus:organizationIdentifiers[gl-bus:organizationDescription = 'Şube Adı']/gl-bus:organizationIdentifier, ' (', $entity/gl-bus:organizationIdentifiers[gl-bus:organizationDescription = 'Şube No']/gl-bus:organizationIdentifier, ')')"/>
          </p>
        </xsl:if>
        <xsl:for-each select="$entity/gl-bus:organizationAddress">
          <p>
            <xsl:value-of select="normalize-space(concat(gl-bus:organizationAddressStreet, ' ', gl-bus:organizationBuildingNumber, ' ', gl-bus:organizationAddressStreet2))"/>
            <br/>
            <xsl:value-of select="normalize-space(concat(gl-bus:organizationAddressZipOrPostalCode, ' ', gl-bus:organizationAddressCity, ' ', gl-bus:organizationAddressCountry))"/>
          </p>
        </xsl:for-each>
        <p>
          <xsl:for-each select="$entity/gl-bus:entityPhoneNumber[1]/gl-bus:phoneNumber | $entity/gl-bus:entityEmailAddressStructure[1]/gl-bus:entityEmailAddress | $entity/gl-bus:entityWebSite/gl-bus:webSiteURL[normalize-space()]">
            <xsl:if test="position() &gt; 1"> · </xsl:if>
            <xsl:value-of select="."/>
          </xsl:for-each>
        </p>
      </section>
      <dl>
        <xsl:call-template name="fact">
          <xsl:with-param name="name">
            <xsl:choose>
              <xsl:when test="string-length($owner) = 11">T.C. kimlik no</xsl:when>
              <xsl:otherwise>Vergi kimlik no</xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
          <xsl:with-param name="value" select="$owner"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name">Hesap dönemi</xsl:with-param>
          <xsl:with-param name="value">
            <xsl:call-template name="day">
              <xsl:with-param name="value" select="$entity/gl-bus:fiscalYearStart"/>
            </xsl:call-template>
            <xsl:text> – </xsl:text>
            <xsl:call-template name="day">
              <xsl:with-param name="value" select="$entity/gl-bus:fiscalYearEnd"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name">Faaliyet kodu</xsl:with-param>
          <xsl:with-param name="value" select="$entity/gl-bus:businessDescription"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name">Kontrol no</xsl:with-param>
          <xsl:with-param name="value" select="$info/gl-cor:uniqueID"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name">Para birimi</xsl:with-param>
          <xsl:with-param name="value" select="substring-after($xbrl/xbrli:unit/xbrli:measure[starts-with(normalize-space(), 'iso4217:')], ':')"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name">Oluşturma</xsl:with-param>
          <xsl:with-param name="value">
            <xsl:call-template name="day">
              <xsl:with-param name="value" select="$info/gl-cor:creationDate"/>
            </xsl:call-template>
            <xsl:value-of select="concat(' · ', $info/gl-bus:creator)"/>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:for-each select="$entity/gl-bus:accountantInformation">
          <xsl:call-template name="fact">
            <xsl:with-param name="name">Mali müşavir</xsl:with-param>
            <xsl:with-param name="value" select="concat(gl-bus:accountantName, ' · ', gl-bus:accountantEngagementTypeDescription)"/>
          </xsl:call-template>
        </xsl:for-each>
      </dl>
    </div>
  </xsl:template>

  <xsl:template name="fact">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:if test="normalize-space($value)">
      <div>
        <dt>
          <xsl:value-of select="$name"/>
        </dt>
        <dd>
          <xsl:value-of select="$value"/>
        </dd>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Seals -->

  <xsl:template name="seals">
    <section class="seals">
      <xsl:for-each select="/*/ds:Signature | /*/ds:Signature//xades:CounterSignature/ds:Signature">
        <div class="seal">
          <h3>
            <xsl:choose>
              <xsl:when test="position() = 1">Mühür / imza <small lang="en">Seal</small></xsl:when>
              <xsl:otherwise>Onay mührü <small lang="en">Counter-seal</small></xsl:otherwise>
            </xsl:choose>
          </h3>
          <dl>
            <xsl:call-template name="fact">
              <xsl:with-param name="name">Sahibi</xsl:with-param>
              <xsl:with-param name="value">
                <xsl:call-template name="holder">
                  <xsl:with-param name="subject" select="normalize-space(ds:KeyInfo/ds:X509Data/ds:X509SubjectName)"/>
                </xsl:call-template>
              </xsl:with-param>
            </xsl:call-template>
            <xsl:call-template name="fact">
              <xsl:with-param name="name">Zamanı</xsl:with-param>
              <xsl:with-param name="value">
                <xsl:call-template name="moment">
                  <xsl:with-param name="value" select="normalize-space(ds:Object//xades:SigningTime)"/>
                </xsl:call-template>
              </xsl:with-param>
            </xsl:call-template>
            <xsl:call-template name="fact">
              <xsl:with-param name="name">Zaman damgası</xsl:with-param>
              <xsl:with-param name="value">
                <xsl:choose>
                  <xsl:when test="ds:Object//xades:SignatureTimeStamp">var</xsl:when>
                  <xsl:otherwise>yok</xsl:otherwise>
                </xsl:choose>
              </xsl:with-param>
            </xsl:call-template>
          </dl>
          <p class="value">
            <xsl:value-of select="translate(ds:SignatureValue, ' &#10;&#13;&#9;', '')"/>
          </p>
        </div>
      </xsl:for-each>
      <xsl:if test="not(/*/ds:Signature)">
        <p class="unsealed">Bu belge henüz mühürlenmemiştir. <span lang="en">Not sealed yet.</span></p>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template name="holder">
    <xsl:param name="subject"/>
    <xsl:choose>
      <xsl:when test="contains($subject, 'CN=')">
        <xsl:value-of select="substring-before(concat(substring-after($subject, 'CN='), ','), ',')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$subject"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Values -->

  <xsl:template name="day">
    <xsl:param name="value"/>
    <xsl:variable name="plain" select="normalize-space($value)"/>
    <xsl:choose>
      <xsl:when test="string-length($plain) &gt;= 10">
        <xsl:value-of select="concat(substring($plain, 9, 2), '.', substring($plain, 6, 2), '.', substring($plain, 1, 4))"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$plain"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="moment">
    <xsl:param name="value"/>
    <xsl:call-template name="day">
      <xsl:with-param name="value" select="$value"/>
    </xsl:call-template>
    <xsl:value-of select="concat(' ', substring($value, 12, 8))"/>
  </xsl:template>

  <xsl:template name="money">
    <xsl:param name="value"/>
    <xsl:if test="string(number($value)) != 'NaN'">
      <xsl:value-of select="format-number($value, '#.##0,00', 'tr')"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="document">
    <xsl:variable name="type" select="normalize-space(gl-cor:documentType)"/>
    <xsl:choose>
      <xsl:when test="$type = 'other' or not($type)">
        <xsl:value-of select="gl-cor:documentTypeDescription"/>
      </xsl:when>
      <xsl:when test="$type = 'invoice'">Fatura</xsl:when>
      <xsl:when test="$type = 'check'">Çek</xsl:when>
      <xsl:when test="$type = 'voucher'">Senet</xsl:when>
      <xsl:when test="$type = 'receipt'">Makbuz</xsl:when>
      <xsl:when test="$type = 'shipment'">Navlun</xsl:when>
      <xsl:when test="$type = 'order-customer'">Müşteri sipariş belgesi</xsl:when>
      <xsl:when test="$type = 'order-vendor'">Satıcı sipariş belgesi</xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$type"/>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="normalize-space(gl-cor:documentNumber)">
      <xsl:value-of select="concat(' ', gl-cor:documentNumber)"/>
    </xsl:if>
    <xsl:if test="normalize-space(gl-cor:documentDate)">
      <xsl:text> </xsl:text>
      <xsl:call-template name="day">
        <xsl:with-param name="value" select="gl-cor:documentDate"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="normalize-space(gl-bus:paymentMethod)">
      <xsl:value-of select="concat(' · ', gl-bus:paymentMethod)"/>
    </xsl:if>
  </xsl:template>

  <!-- An account in two cells: its code, the subaccount's if there is one, and its name -->
  <xsl:template name="account">
    <td class="code">
      <xsl:choose>
        <xsl:when test="normalize-space(gl-cor:account/gl-cor:accountSub/gl-cor:accountSubID)">
          <xsl:value-of select="gl-cor:account/gl-cor:accountSub/gl-cor:accountSubID"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="gl-cor:account/gl-cor:accountMainID"/>
        </xsl:otherwise>
      </xsl:choose>
    </td>
    <td>
      <xsl:value-of select="gl-cor:account/gl-cor:accountMainDescription"/>
      <xsl:if test="normalize-space(gl-cor:account/gl-cor:accountSub/gl-cor:accountSubDescription)">
        <span class="sub">
          <xsl:value-of select="gl-cor:account/gl-cor:accountSub/gl-cor:accountSubDescription"/>
        </span>
      </xsl:if>
    </td>
  </xsl:template>

  <!-- Debit and credit of a line in two cells -->
  <xsl:template name="sides">
    <xsl:variable name="side" select="substring(translate(normalize-space(gl-cor:debitCreditCode), 'dc', 'DC'), 1, 1)"/>
    <td class="money">
      <xsl:if test="$side = 'D'">
        <xsl:call-template name="money">
          <xsl:with-param name="value" select="gl-cor:amount"/>
        </xsl:call-template>
      </xsl:if>
    </td>
    <td class="money">
      <xsl:if test="$side = 'C'">
        <xsl:call-template name="money">
          <xsl:with-param name="value" select="gl-cor:amount"/>
        </xsl:call-template>
      </xsl:if>
    </td>
  </xsl:template>

  <xsl:template name="style">
    <style>
      :root { color-scheme: light; }
      * { box-sizing: border-box; }
      body { margin: 0; background: #e8ebef; color: #1b2430; font: 13px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
      main { max-width: 1120px; margin: 24px auto; padding: 32px 36px; background: #fff; border-radius: 6px; box-shadow: 0 1px 6px rgba(27, 36, 48, .18); }
      h1, h2, h3, p, dl, dd { margin: 0; }
      small, [lang="en"] { color: #667384; font-weight: 400; }
      .title { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 4px 24px; padding-bottom: 10px; border-bottom: 2px solid #14507e; }
      h1 { font-size: 24px; font-weight: 650; letter-spacing: -.01em; color: #14507e; }
      h1 small { margin-left: 8px; font-size: 14px; letter-spacing: 0; }
      .period { font-size: 16px; font-variant-numeric: tabular-nums; }
      .company { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 8px 32px; padding: 16px 0 20px; }
      h2 { font-size: 16px; font-weight: 600; }
      .company p { margin-top: 4px; color: #45505f; }
      dl { display: grid; gap: 2px; align-content: start; }
      dl div { display: grid; grid-template-columns: 9.5em minmax(0, 1fr); gap: 10px; }
      dt { color: #667384; }
      dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
      .scroll { overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; }
      th { padding: 7px 8px; text-align: left; vertical-align: bottom; font-weight: 600; color: #fff; background: #14507e; }
      th.count { color: #fff; }
      th small[lang] { display: block; font-size: 11px; color: #c4d8e9; }
      td { padding: 4px 8px; vertical-align: top; border-bottom: 1px solid #e6eaef; overflow-wrap: anywhere; }
      .money { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
      .count, .code { white-space: nowrap; font-variant-numeric: tabular-nums; }
      .count { text-align: right; color: #667384; }
      .sub { display: block; color: #45505f; }
      .sub:empty { display: none; }
      .group td { padding-top: 10px; font-weight: 600; background: #eef3f8; border-bottom: 1px solid #c4d3e1; }
      .group span { margin-right: 14px; font-weight: 400; color: #45505f; }
      .total td { font-weight: 600; border-bottom: 1px solid #9fb3c6; }
      .total .quiet { font-weight: 400; color: #667384; }
      .grand td { padding: 9px 8px; font-weight: 700; font-size: 14px; border-top: 2px solid #14507e; border-bottom: 2px solid #14507e; }
      .empty { padding: 24px; text-align: center; color: #667384; }
      .facts { padding: 12px 16px; margin-bottom: 18px; background: #eef3f8; border-radius: 4px; }
      .seals { display: grid; gap: 12px; margin-top: 26px; }
      .seal { padding: 12px 16px; border: 1px solid #c4d3e1; border-left: 4px solid #14507e; border-radius: 4px; }
      h3 { margin-bottom: 6px; font-size: 13px; }
      .value { margin-top: 8px; font: 11px/1.5 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; color: #45505f; }
      .unsealed { padding: 10px 16px; color: #7a4b00; background: #fff4dc; border-left: 4px solid #d99a1c; }
      footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 24px; margin-top: 18px; padding-top: 8px; font-size: 11px; color: #667384; border-top: 1px solid #e6eaef; }
      @media (max-width: 700px) {
        main { margin: 0; padding: 18px 14px; border-radius: 0; }
        .company { grid-template-columns: minmax(0, 1fr); }
        dl div { grid-template-columns: 8em minmax(0, 1fr); }
        .scroll table { min-width: 640px; }
      }
      @media print {
        @page { size: A4; margin: 12mm 11mm 14mm; }
        body { background: #fff; font-size: 9.5px; }
        main { max-width: none; margin: 0; padding: 0; border-radius: 0; box-shadow: none; }
        .scroll { overflow: visible; }
        thead { display: table-header-group; }
        tr, .seal { break-inside: avoid; }
        .group { break-after: avoid; }
        .total { break-before: avoid; }
        h1 { font-size: 18px; } h2 { font-size: 13px; } .period { font-size: 12px; }
        td { padding: 2px 5px; } th, th.count { padding: 4px 5px; color: #1b2430; background: #fff; border-top: 1px solid #1b2430; border-bottom: 1px solid #1b2430; }
        th small[lang] { font-size: 8px; color: #667384; }
        .group td, .facts { background: #f3f5f8; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .value { font-size: 7.5px; }
      }
    </style>
  </xsl:template>
</xsl:stylesheet>
