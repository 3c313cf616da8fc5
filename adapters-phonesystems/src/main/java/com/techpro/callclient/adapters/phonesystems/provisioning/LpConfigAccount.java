// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.adapters.phonesystems.imap.ImapAccount;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceServer.Transport;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.PasswordHash;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user's account in a Linphone configuration: the {@code proxy_N} that
 * {@code sip/default_proxy} chooses, its {@code auth_info_N}, and our own sections
 * {@code callclient-profile}, {@code callclient-policy} and {@code voicemail}.
 */
final class LpConfigAccount {
    private final LpConfig config;
    private final Map<String, String> proxy;
    private final NameAddr identity;

    LpConfigAccount(LpConfig config) throws LoginRefusedException {
        this.config = config;
        this.proxy = chosenProxy(config);
        NameAddr named = address(proxy.get("reg_identity"));
        if (named == null || named.uri().user() == null) {
            throw unusable();
        }
        this.identity = named;
    }

    /**
     * {@code default_proxy} is a section's number. If no section has it, the first section is used.
     */
    private static Map<String, String> chosenProxy(LpConfig config) throws LoginRefusedException {
        Map<Integer, Map<String, String>> proxies = config.numbered("proxy");
        String chosen = config.value("sip", "default_proxy");
        if (chosen != null && chosen.matches("[0-9]{1,2}")) {
            Map<String, String> section = proxies.get(Integer.valueOf(chosen));
            if (section != null) {
                return section;
            }
        }
        for (Map<String, String> first : proxies.values()) {
            return first;
        }
        throw unusable();
    }

    SipAccount sipAccount(TlsTrust trust) throws LoginRefusedException {
        SipUri registrar = uri(proxy.get("reg_proxy"));
        SipUri route = uri(proxy.get("reg_route"));
        SipUri way = route != null ? route : registrar;
        String domain = identity.uri().host();
        try {
            HostPort outbound = outboundProxy(way, domain);
            // A registrar named like the domain gives the domain's port. One with another name is a
            // proxy.
            int port = way != null && outbound == null && way.port() != 0
                    ? way.port()
                    : identity.uri().port();
            Map<String, String> auth = authentication(domain);
            String userId = notEmpty(auth.get("userid"));
            SipAccount.Builder account = SipAccount.builder(user(), new HostPort(domain, port).toString(), secret(auth))
                    .authUser(userId == null ? user() : userId)
                    .passwordHash(hash(auth))
                    .displayName(identity.displayName())
                    .transport(way == null ? SipTransport.TLS : transport(way))
                    .outboundProxy(outbound)
                    .registrationExpiry(expiry(proxy.get("reg_expires")))
                    .tlsTrust(trust)
                    .keyingPolicy(keying())
                    .qualityCollector(qualityCollector())
                    .ice(ice());
            return account.build();
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
    }

    /**
     * Returns which keys are offered. Either kind is accepted; this document cannot permit clear
     * text.
     */
    private KeyingPolicy keying() {
        return "dtls".equalsIgnoreCase(config.value("sip", "media_encryption"))
                ? KeyingPolicy.PREFER_DTLS
                : KeyingPolicy.PREFER_SDES;
    }

    /**
     * Returns the address for quality reports; null if they are off or the address is unusable.
     */
    private @Nullable String qualityCollector() {
        String named = notEmpty(proxy.get("quality_reporting_collector"));
        if (named == null || !"1".equals(proxy.get("quality_reporting_enabled"))) {
            return null;
        }
        try {
            SipUri collector = NameAddr.parse(named).uri();
            String address = "sip:" + collector.user() + "@" + collector.host();
            boolean usable =
                    collector.isSip() && collector.user() != null && address.matches("[A-Za-z0-9_.!~*+@:;=-]{1,255}");
            return usable ? address : null;
        } catch (SipParseException e) {
            return null;
        }
    }

    /**
     * Reads the account's {@code nat_policy}. The TURN password is in an {@code auth_info} of its
     * user.
     */
    private IceSettings ice() {
        String reference = notEmpty(proxy.get("nat_policy_ref"));
        for (Map<String, String> policy : config.numbered("nat_policy").values()) {
            if (reference != null && reference.equals(policy.get("ref"))) {
                String named = policy.getOrDefault("protocols", "").toLowerCase(Locale.ROOT);
                Set<String> protocols = new HashSet<>(Arrays.asList(named.split("[ ,]+")));
                IceSettings.Use use = protocols.contains("ice") ? IceSettings.Use.OFFERED : IceSettings.DEFAULT.use();
                return IceSettings.DEFAULT.withUse(use).withServers(iceServers(policy, protocols));
            }
        }
        return IceSettings.DEFAULT;
    }

    private List<IceServer> iceServers(Map<String, String> policy, Set<String> protocols) {
        String address = notEmpty(policy.get("stun_server"));
        String turnUser = notEmpty(policy.get("stun_server_username"));
        List<IceServer> servers = new ArrayList<>();
        if (address != null && protocols.contains("stun")) {
            servers.add(IceServer.stun(address));
        }
        if (address == null || turnUser == null || !protocols.contains("turn")) {
            return servers;
        }
        for (Map<String, String> auth : config.numbered("auth_info").values()) {
            String password = notEmpty(auth.get("passwd"));
            if (turnUser.equals(auth.get("username")) && password != null) {
                for (Transport transport : Transport.values()) {
                    String enabled =
                            policy.get("turn_enable_" + transport.name().toLowerCase(Locale.ROOT));
                    // As in liblinphone, UDP is on unless switched off, and the others only if
                    // switched on.
                    if (enabled == null ? transport == Transport.UDP : enabled.equals("1")) {
                        servers.add(IceServer.turn(address, transport, turnUser, Secret.of(password)));
                    }
                }
                break;
            }
        }
        return servers;
    }

    Profile profile() {
        Map<String, String> further = new HashMap<>();
        copy("conference_factory_uri", further);
        String region = config.value("callclient-profile", "region");
        return new Profile(
                user(),
                identity.displayName(),
                config.value("callclient-profile", "first_name"),
                config.value("callclient-profile", "last_name"),
                config.value("callclient-profile", "email"),
                region != null && region.matches("[A-Za-z]{2}") ? region.toUpperCase(Locale.ROOT) : null,
                further);
    }

    Policy policy() throws LoginRefusedException {
        Map<String, String> entries = config.section("callclient-policy");
        return entries == null ? Policy.OPEN : PolicyDocument.parse(entries);
    }

    @Nullable
    VoicemailAccess voicemail() {
        String dialIn = notEmpty(proxy.get("voicemail_uri"));
        String waiting = notEmpty(proxy.get("mwi_server_uri"));
        return dialIn == null && waiting == null ? null : new VoicemailAccess(dialIn, waiting);
    }

    /** Reads our section {@code voicemail}. Without a password the mailbox has the login's. */
    @Nullable
    ImapAccount mailbox(Login login) throws LoginRefusedException {
        String host = config.value("voicemail", "imap_host");
        if (host == null) {
            return null;
        }
        String port = config.value("voicemail", "imap_port");
        String user = config.value("voicemail", "imap_user");
        String password = config.value("voicemail", "imap_password");
        try {
            return new ImapAccount(
                    new HostPort(host, port == null ? 0 : Integer.parseInt(port)),
                    user == null ? login.user() : user,
                    password == null ? login.password().copy() : Secret.of(password),
                    login.trust());
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
    }

    /**
     * Returns the Flexisip account manager that the section {@code voicemail} may name instead;
     * else null.
     */
    @Nullable
    String accountManager() {
        return config.value("voicemail", "account_manager");
    }

    private String user() {
        String user = identity.uri().user();
        return user == null ? "" : user;
    }

    private void copy(String key, Map<String, String> into) {
        String value = notEmpty(proxy.get(key));
        if (value != null) {
            into.put(key, value);
        }
    }

    /**
     * Returns this user's {@code auth_info}; its domain or realm, if any, must be this phone
     * system's.
     */
    private Map<String, String> authentication(String domain) throws LoginRefusedException {
        String realm = notEmpty(proxy.get("realm"));
        Map<String, String> loose = null;
        for (Map<String, String> auth : config.numbered("auth_info").values()) {
            if (user().equals(auth.get("username"))) {
                String named = notEmpty(auth.get("domain"));
                String authRealm = notEmpty(auth.get("realm"));
                boolean here = domain.equalsIgnoreCase(named) || (realm != null && realm.equals(authRealm));
                if (here) {
                    return auth;
                }
                boolean elsewhere = named != null || (realm != null && authRealm != null);
                loose = loose == null && !elsewhere ? auth : loose;
            }
        }
        if (loose == null) {
            throw unusable();
        }
        return loose;
    }

    private static Secret secret(Map<String, String> auth) throws LoginRefusedException {
        String password = notEmpty(auth.get("passwd"));
        String hash = notEmpty(auth.get("ha1"));
        if (password != null) {
            return Secret.of(password);
        }
        if (hash == null) {
            throw unusable();
        }
        return Secret.of(hash.toLowerCase(Locale.ROOT));
    }

    /**
     * The default algorithm is MD5, as in a challenge. A hash needs a realm, as it is valid for
     * that alone.
     */
    private static @Nullable PasswordHash hash(Map<String, String> auth) throws LoginRefusedException {
        String hash = notEmpty(auth.get("ha1"));
        if (notEmpty(auth.get("passwd")) != null || hash == null) {
            return null;
        }
        String realm = notEmpty(auth.get("realm"));
        String algorithm = notEmpty(auth.get("algorithm"));
        String named = algorithm == null ? "MD5" : algorithm.toUpperCase(Locale.ROOT);
        int digits = named.equals("MD5") ? 32 : 64;
        if (realm == null || !hash.matches("[0-9A-Fa-f]{" + digits + "}")) {
            throw unusable();
        }
        return new PasswordHash(realm, named);
    }

    /**
     * Returns TLS.
     *
     * @throws LoginRefusedException with {@link Reason#POLICY} if the configuration names another
     */
    private static SipTransport transport(SipUri way) throws LoginRefusedException {
        String named = way.param("transport");
        if (way.isSecure() || named == null || named.equalsIgnoreCase("tls")) {
            return SipTransport.TLS;
        }
        // Only a host app may lower the floor for a lab, never a server.
        throw new LoginRefusedException(Reason.POLICY);
    }

    private static @Nullable HostPort outboundProxy(@Nullable SipUri way, String domain) {
        boolean elsewhere = way != null && !way.host().equalsIgnoreCase(domain);
        return way == null || !elsewhere ? null : new HostPort(way.host(), way.port());
    }

    private static Duration expiry(@Nullable String seconds) {
        if (seconds == null || !seconds.matches("[0-9]{1,9}")) {
            return Duration.ofMinutes(10);
        }
        long bounded = Math.max(60, Math.min(86_400, Long.parseLong(seconds)));
        return Duration.ofSeconds(bounded);
    }

    private static @Nullable SipUri uri(@Nullable String text) throws LoginRefusedException {
        NameAddr address = address(text);
        return address == null ? null : address.uri();
    }

    /** Parses the first of several routes, to which requests are sent. */
    private static @Nullable NameAddr address(@Nullable String text) throws LoginRefusedException {
        String value = notEmpty(text);
        if (value == null) {
            return null;
        }
        int next = value.indexOf(">,");
        try {
            NameAddr address = NameAddr.parse(next < 0 ? value : value.substring(0, next + 1));
            if (!address.uri().isSip()) {
                throw unusable();
            }
            // Parameters outside brackets belong to the header. A URI without brackets has its own.
            String transport = value.indexOf('<') < 0 ? address.param("transport") : null;
            return transport == null
                    ? address
                    : NameAddr.of(address.displayName(), address.uri().withParam("transport", transport));
        } catch (SipParseException e) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM, null, null);
        }
    }

    private static @Nullable String notEmpty(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private static LoginRefusedException unusable() {
        return new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
    }

    @Override
    public String toString() {
        return "LpConfigAccount[redacted]";
    }
}
