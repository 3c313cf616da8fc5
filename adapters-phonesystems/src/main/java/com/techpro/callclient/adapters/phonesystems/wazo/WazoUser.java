// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.UntrustedJson;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user of wazo-confd, and the SIP line that this client uses. */
final class WazoUser {
    private static final int MOST_LINES = 10;
    /** The path at which wazo-sdk-js, and so the Wazo's own web phone, speaks SIP. */
    private static final String WEB_SOCKET = "/api/asterisk/ws";

    private static final int HTTPS = 443;
    private static final String OPTIONS = "endpoint_section_options";

    private final UntrustedJson user;
    private final String extension;
    private final String sipUser;
    private final Secret sipPassword;
    private final UntrustedJson endpoint;

    private WazoUser(UntrustedJson user, String extension, String sipUser, Secret sipPassword, UntrustedJson endpoint) {
        this.user = user;
        this.extension = extension;
        this.sipUser = sipUser;
        this.sipPassword = sipPassword;
        this.endpoint = endpoint;
    }

    /**
     * Reads the user's first line for a SIP phone, else the first for web browsers (WebRTC). Lines
     * of other protocols do not count.
     *
     * @throws LoginRefusedException with {@link Reason#NOT_ALLOWED} if the user has none
     */
    static WazoUser read(WazoApi api, String uuid) throws LoginRefusedException {
        UntrustedJson user = api.get(WazoApi.CONFD + "/users/" + uuid);
        if (!user.hasList("lines")) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        List<UntrustedJson> lines = user.objects("lines");
        WazoUser forBrowsers = null;
        for (UntrustedJson line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
            Long id = line.number("id");
            if (id == null || line.object("endpoint_sip") == null) {
                continue;
            }
            UntrustedJson endpoint = api.get(
                    WazoApi.CONFD + "/users/" + uuid + "/lines/" + id + "/associated/endpoints/sip?view=merged");
            String name = endpoint.option("auth_section_options", "username");
            String password = endpoint.option("auth_section_options", "password");
            if (name == null || password == null) {
                continue;
            }
            WazoUser found = new WazoUser(user, extension(line, name), name, Secret.of(password), endpoint);
            if (!found.has("webrtc")) {
                return found;
            }
            forBrowsers = forBrowsers == null ? found : forBrowsers;
        }
        if (forBrowsers != null) {
            return forBrowsers;
        }
        throw new LoginRefusedException(Reason.NOT_ALLOWED);
    }

    private boolean has(String option) {
        return "yes".equals(endpoint.option(OPTIONS, option));
    }

    /** Returns the line's number, or its name if nobody can call it. */
    private static String extension(UntrustedJson line, String otherwise) {
        for (UntrustedJson extension : line.objects("extensions")) {
            String number = extension.text("exten");
            if (number != null) {
                return number;
            }
        }
        return otherwise;
    }

    Profile profile() {
        String country = user.text("country");
        return new Profile(
                extension,
                displayName(),
                user.text("firstname"),
                user.text("lastname"),
                user.text("email"),
                country != null && country.matches("[A-Za-z]{2}") ? country.toUpperCase(Locale.ROOT) : null,
                Map.of());
    }

    private @Nullable String displayName() {
        return fullName(user);
    }

    /** Returns the full name of a Wazo's user or contact; null if it has none. */
    static @Nullable String fullName(UntrustedJson named) {
        String first = named.text("firstname");
        String last = named.text("lastname");
        return first == null || last == null ? (first == null ? last : first) : first + " " + last;
    }

    /**
     * Returns the account. The endpoint's transport in the configuration is the one by which
     * Asterisk sends. A phone may register by another: this client uses TLS, or for a browser's
     * line the WebSocket. Asterisk's option {@code webrtc} means keys by DTLS and ICE; both have
     * options of their own as well.
     *
     * @param server also the registrar
     */
    SipAccount sipAccount(HostPort server, TlsTrust trust) throws LoginRefusedException {
        boolean web = has("webrtc");
        boolean dtls = web || "dtls".equals(endpoint.option(OPTIONS, "media_encryption"));
        boolean ice = web || has("ice_support");
        try {
            SipAccount.Builder account = SipAccount.builder(sipUser, server.host(), sipPassword)
                    .displayName(displayName())
                    .keyingPolicy(dtls ? KeyingPolicy.PREFER_DTLS : KeyingPolicy.PREFER_SDES)
                    .ice(ice ? IceSettings.DEFAULT.withUse(IceSettings.Use.OFFERED) : IceSettings.DEFAULT)
                    .tlsTrust(trust);
            if (web) {
                int port = server.port() == 0 ? HTTPS : server.port();
                account.transport(SipTransport.WSS)
                        .webSocketPath(WEB_SOCKET)
                        .outboundProxy(new HostPort(server.host(), port));
            }
            return account.build();
        } catch (IllegalArgumentException e) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
    }

    boolean hasVoicemail() {
        return user.object("voicemail") != null;
    }

    @Override
    public String toString() {
        return "WazoUser[redacted]";
    }
}
