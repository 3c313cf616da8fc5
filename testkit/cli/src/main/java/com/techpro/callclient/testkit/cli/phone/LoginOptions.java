// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the login: user, server, and security. */
final class LoginOptions extends MediaOptions {
    @Option(
            names = {"-a", "--account"},
            paramLabel = "USER@DOMAIN[:PORT]",
            description = "The extension and the phone system it belongs to, such as 1001@pbx.example.org.")
    private @Nullable String account;

    @Option(
            names = "--auth-user",
            paramLabel = "NAME",
            description = "The name to log in with, if it is not the extension.")
    private @Nullable String authUser;

    @Option(names = "--display-name", paramLabel = "NAME", description = "The name that the other side sees.")
    private @Nullable String displayName;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file with the password in its first line. Without it: the environment variable "
                    + PasswordSource.VARIABLE + ", else you are asked.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--transport",
            defaultValue = "TLS",
            paramLabel = "TRANSPORT",
            description = "The transport of SIP: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private SipTransport transport = SipTransport.TLS;

    @Option(
            names = "--proxy",
            paramLabel = "HOST[:PORT][/PATH]",
            description = "Send everything here first. A path is where a WebSocket is; / unless given.")
    private @Nullable String proxy;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust the certificate authorities in this PEM file, instead of the platform's.")
    private @Nullable Path authorities;

    @Option(
            names = "--lab-cleartext-signalling",
            description = "For a lab only: numbers and keys can be read on the network. Needed for UDP, TCP and WS.")
    private boolean cleartextSignalling;

    @Option(names = "--lab-cleartext-media", description = "For a lab only: speech can be heard on the network.")
    private boolean cleartextMedia;

    @Nullable
    Path passwordFile() {
        return passwordFile;
    }

    boolean given() {
        return account != null;
    }

    /** Refuses account options with a login by e-mail, where the phone system supplies them. */
    void refuseWithEmail() throws UnusableOptions {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--account", account != null);
        given.put("--auth-user", authUser != null);
        given.put("--display-name", displayName != null);
        given.put("--proxy", proxy != null);
        given.put("--transport", transport != SipTransport.TLS);
        given.put("--codec", !codecs().isEmpty());
        given.put("--keying", keying() != null);
        given.put("--ice", ice() != null);
        given.put("--stun", !servers().isEmpty());
        given.put("--lab-cleartext-signalling", cleartextSignalling);
        given.put("--lab-cleartext-media", cleartextMedia);
        for (Map.Entry<String, Boolean> option : given.entrySet()) {
            if (option.getValue()) {
                throw new UnusableOptions(
                        option.getKey() + " cannot be used with a login by e-mail: the phone system sets that", null);
            }
        }
    }

    /**
     * Creates the account.
     *
     * @throws IllegalArgumentException if the options make no sense; the message says what to do
     */
    SipAccount account(Secret password) {
        String address = account == null ? "" : account;
        address = address.startsWith("sips:") ? address.substring(5) : address;
        address = address.startsWith("sip:") ? address.substring(4) : address;
        int at = address.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException(
                    "--account must be an extension, an @ and a host, such as 1001@pbx.example.org");
        }
        HostPort domain = hostPort("--account", address.substring(at + 1));
        int slash = proxy == null ? -1 : proxy.indexOf('/');
        String server = proxy == null || slash < 0 ? proxy : proxy.substring(0, slash);
        if (slash >= 0 && !transport.isWebSocket()) {
            throw new IllegalArgumentException("--proxy has a path with --transport WSS only");
        }
        HostPort outbound = server != null ? hostPort("--proxy", server) : domain.port() != 0 ? domain : null;
        SecurityFloor floor = SecurityFloor.DEFAULT;
        floor = cleartextSignalling ? floor.labAllowCleartextSignalling() : floor;
        floor = cleartextMedia ? floor.labAllowCleartextMedia() : floor;
        if (!transport.isEncrypted() && !cleartextSignalling) {
            throw new IllegalArgumentException("--transport " + transport
                    + " can be read on the network; use TLS or WSS, or in a lab add --lab-cleartext-signalling");
        }
        KeyingPolicy keying = keying();
        IceSettings.Use ice = ice();
        List<String> codecs = codecs();
        SipAccount.Builder builder = SipAccount.builder(address.substring(0, at), domain.host(), password)
                .displayName(displayName)
                .transport(transport)
                .outboundProxy(outbound)
                .securityFloor(floor)
                .keyingPolicy(keying == null ? KeyingPolicy.PREFER_SDES : keying)
                .ice(IceSettings.DEFAULT
                        .withUse(ice == null ? IceSettings.Use.WHEN_OFFERED : ice)
                        .withServers(servers()))
                .tlsTrust(trust());
        if (!codecs.isEmpty()) {
            builder.codecs(Set.copyOf(codecs)).codecPreference(codecs);
        }
        if (proxy != null && slash >= 0) {
            builder.webSocketPath(proxy.substring(slash));
        }
        return (authUser == null ? builder : builder.authUser(authUser)).build();
    }

    /** @throws IllegalArgumentException as {@link #account} */
    TlsTrust trust() {
        if (authorities == null) {
            return TlsTrust.PLATFORM;
        }
        try {
            return TlsTrust.anchoredAt(authorities);
        } catch (IOException e) {
            throw new IllegalArgumentException("--ca: cannot read " + authorities, e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("--ca: " + authorities + " is not a PEM file of certificates", e);
        }
    }
}
