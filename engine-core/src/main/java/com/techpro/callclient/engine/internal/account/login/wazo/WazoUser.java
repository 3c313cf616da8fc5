// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account.login.wazo;

import com.techpro.callclient.engine.internal.account.login.LoginRefusedException;
import com.techpro.callclient.engine.internal.account.login.UntrustedJson;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What wazo-confd says of a user, and of the one SIP line that this client is. */
final class WazoUser {
    private static final int MOST_LINES = 10;

    private final UntrustedJson user;
    private final String extension;
    private final String sipUser;
    private final Secret sipPassword;

    private WazoUser(UntrustedJson user, String extension, String sipUser, Secret sipPassword) {
        this.user = user;
        this.extension = extension;
        this.sipUser = sipUser;
        this.sipPassword = sipPassword;
    }

    /**
     * The user's first line that a SIP phone can be: one for web browsers alone (WebRTC), or for a desk phone with another protocol, is not.
     *
     * @throws LoginRefusedException with {@link Reason#NOT_ALLOWED} if the user has none
     */
    static WazoUser read(WazoApi api, String uuid) throws LoginRefusedException {
        UntrustedJson user = api.get(WazoApi.CONFD + "/users/" + uuid);
        if (!user.hasList("lines")) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        List<UntrustedJson> lines = user.objects("lines");
        for (UntrustedJson line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
            Long id = line.number("id");
            if (id == null || line.object("endpoint_sip") == null) {
                continue;
            }
            UntrustedJson endpoint = api.get(
                    WazoApi.CONFD + "/users/" + uuid + "/lines/" + id + "/associated/endpoints/sip?view=merged");
            String name = endpoint.option("auth_section_options", "username");
            String password = endpoint.option("auth_section_options", "password");
            boolean forBrowsers = "yes".equals(endpoint.option("endpoint_section_options", "webrtc"));
            if (name != null && password != null && !forBrowsers) {
                return new WazoUser(user, extension(line, name), name, Secret.of(password));
            }
        }
        throw new LoginRefusedException(Reason.NOT_ALLOWED);
    }

    /** A line that nobody can call has no number; then it goes by its name. */
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

    /** Of a user or contact of a Wazo; null if it has no name. */
    static @Nullable String fullName(UntrustedJson named) {
        String first = named.text("firstname");
        String last = named.text("lastname");
        return first == null || last == null ? (first == null ? last : first) : first + " " + last;
    }

    /**
     * The endpoint's own transport is what Asterisk sends by; a phone registers as it likes, and this one does so over TLS.
     *
     * @param server which is the registrar, too
     */
    SipAccount sipAccount(HostPort server, TlsTrust trust) throws LoginRefusedException {
        try {
            return SipAccount.builder(sipUser, server.host(), sipPassword)
                    .displayName(displayName())
                    .tlsTrust(trust)
                    .build();
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
