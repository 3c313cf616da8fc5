// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.xml.HardenedXml;
import com.techpro.callclient.stack.xml.XmlElement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Acrobits' account XML: the entries that name the user and the phone system. */
final class AcrobitsAccount {
    private final XmlElement account;

    AcrobitsAccount(byte[] document) throws LoginRefusedException {
        try {
            this.account = HardenedXml.parse(document, HttpsClient.LARGEST);
        } catch (HardenedXml.XmlRefusedException e) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM, null, e);
        }
        if (!account.name().equals("account")) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
    }

    /** Whether a refusal is in the format of this kind of phone system. */
    static boolean isMessage(byte[] document) {
        try {
            return HardenedXml.parse(document, HttpsClient.LARGEST).name().equals("message");
        } catch (HardenedXml.XmlRefusedException e) {
            return false;
        }
    }

    SipAccount sipAccount(TlsTrust trust) throws LoginRefusedException {
        String password = account.childText("password");
        String host = account.childText("host");
        // The format's default is UDP, which is not encrypted. Here the default is TLS; only the
        // host app permits less.
        String transport = account.childText("transport");
        if (transport != null && !transport.startsWith("tls")) {
            throw new LoginRefusedException(Reason.POLICY);
        }
        if (password == null || host == null) {
            throw unusable();
        }
        try {
            HostPort domain = HostPort.parse(host);
            String proxy = account.childText("proxy");
            HostPort outbound = proxy != null ? HostPort.parse(proxy) : null;
            String name = account.childText("authUsername");
            return SipAccount.builder(user(), domain.toString(), Secret.of(password))
                    .authUser(name == null ? user() : name)
                    .displayName(account.childText("userDisplayName"))
                    .outboundProxy(outbound)
                    .registrationExpiry(expiry(account.childText("expires")))
                    .ice(ice())
                    .tlsTrust(trust)
                    .build();
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
    }

    /** Uses {@code natTraversal} only if it is {@code ice}, and asks {@code STUN} only for ICE. */
    private IceSettings ice() {
        if (!"ice".equalsIgnoreCase(account.childText("natTraversal"))) {
            return IceSettings.DEFAULT;
        }
        String stun = account.childText("STUN");
        return IceSettings.DEFAULT
                .withUse(IceSettings.Use.OFFERED)
                .withServers(stun == null ? List.of() : List.of(IceServer.stun(stun)));
    }

    Profile profile() throws LoginRefusedException {
        return new Profile(user(), account.childText("userDisplayName"), null, null, null, null, Map.of());
    }

    /** Reads {@code <callclient-policy>}, which has an element for each entry. */
    Policy policy() throws LoginRefusedException {
        for (XmlElement child : account.children()) {
            if (child.name().equals("callclient-policy")) {
                Map<String, String> entries = new HashMap<>();
                child.children().forEach(entry -> entries.put(entry.name(), entry.text()));
                return PolicyDocument.parse(entries);
            }
        }
        return Policy.OPEN;
    }

    private String user() throws LoginRefusedException {
        String user = account.childText("username");
        if (user == null) {
            throw unusable();
        }
        return user;
    }

    private static Duration expiry(@Nullable String seconds) {
        return seconds != null && seconds.matches("[0-9]{1,9}")
                ? Duration.ofSeconds(Math.max(60, Math.min(86_400, Long.parseLong(seconds))))
                : Duration.ofMinutes(10);
    }

    private static LoginRefusedException unusable() {
        return new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
    }

    @Override
    public String toString() {
        return "AcrobitsAccount[redacted]";
    }
}
