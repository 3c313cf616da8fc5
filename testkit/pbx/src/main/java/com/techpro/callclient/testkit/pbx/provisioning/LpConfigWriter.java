// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.stack.sip.auth.DigestAlgorithm;
import com.techpro.callclient.testkit.pbx.settings.DialPlan;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.settings.ProvisioningSettings;
import com.techpro.callclient.testkit.pbx.voicemail.Mailboxes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes the account of an extension in Linphone's format. */
final class LpConfigWriter {
    private final StringBuilder out = new StringBuilder(1024);

    private LpConfigWriter() {}

    static String document(
            PbxSettings settings,
            ProvisioningSettings provisioning,
            String extension,
            HostPort proxy,
            Secret password,
            @Nullable Mailboxes mailboxes) {
        LpConfigWriter writer = new LpConfigWriter();
        String domain = settings.domain();
        writer.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").append('\n');
        writer.out
                .append("<config xmlns=\"http://www.linphone.org/xsds/lpconfig.xsd\">")
                .append('\n');
        writer.section("sip").entry("default_proxy", "0").end();
        ProvisioningSettings.Name name = provisioning.names().get(extension);
        String shown = name == null ? "Extension " + extension : name.first() + " " + name.last();
        writer.section("proxy_0")
                .entry("reg_identity", "\"" + shown + "\" <sip:" + extension + "@" + domain + ">")
                .entry("reg_proxy", "<sip:" + proxy + ";transport=tls>")
                .entry("reg_sendregister", "1")
                .entry("reg_expires", "600")
                .entry("realm", domain)
                .entry("conference_factory_uri", "sip:" + DialPlan.FACTORY + "@" + domain);
        if (mailboxes != null) {
            writer.entry("voicemail_uri", "sip:" + DialPlan.VOICEMAIL + "@" + domain)
                    .entry("mwi_server_uri", "sip:" + extension + "@" + domain);
        }
        writer.end();
        writer.section("auth_info_0")
                .entry("username", extension)
                .entry("domain", domain)
                .entry("realm", domain);
        if (provisioning.hashes()) {
            DigestAlgorithm algorithm = settings.digests().get(0);
            writer.entry("ha1", ha1(algorithm, extension, domain, password)).entry("algorithm", algorithm.token());
        } else {
            writer.entry("passwd", password.use(SecretAccess.forAuthenticators(), String::new));
        }
        writer.end();
        if (name != null) {
            writer.section("callclient-profile")
                    .entry("first_name", name.first())
                    .entry("last_name", name.last())
                    .entry("email", extension + "@" + domain)
                    .end();
        }
        if (mailboxes != null) {
            // A section of ours; the password is that of the login.
            writer.section("voicemail")
                    .entry("imap_host", proxy.host())
                    .entry("imap_port", Integer.toString(mailboxes.server().port()))
                    .entry("imap_user", mailboxes.userOf(extension))
                    .end();
        }
        if (!provisioning.policy().isEmpty()) {
            writer.section("callclient-policy");
            provisioning.policy().forEach(writer::entry);
            writer.end();
        }
        return writer.out.append("</config>\n").toString();
    }

    private static String ha1(DigestAlgorithm algorithm, String user, String realm, Secret password) {
        return password.useUtf8(SecretAccess.forAuthenticators(), bytes -> {
            try {
                String name = algorithm == DigestAlgorithm.SHA_512_256 ? "SHA-512/256" : algorithm.token();
                MessageDigest digest = MessageDigest.getInstance(name);
                digest.update((user + ":" + realm + ":").getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest.digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("the PBX offers what this Java has", e);
            }
        });
    }

    private LpConfigWriter section(String name) {
        out.append("  <section name=\"").append(name).append("\">\n");
        return this;
    }

    private LpConfigWriter entry(String name, String value) {
        out.append("    <entry name=\"").append(escaped(name)).append("\" overwrite=\"true\">");
        out.append(escaped(value)).append("</entry>\n");
        return this;
    }

    private void end() {
        out.append("  </section>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
