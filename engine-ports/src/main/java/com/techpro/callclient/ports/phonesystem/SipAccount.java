// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an extension that registers with a phone system over SIP. Immutable, except that
 * its {@link Secret} can be wiped. Prints without personal data.
 */
public final class SipAccount {
    private final String user;
    private final HostPort domain;
    private final String authUser;
    private final Secret password;
    private final @Nullable PasswordHash passwordHash;
    private final @Nullable String displayName;
    private final SipTransport transport;
    private final List<HostPort> outboundProxies;
    private final String webSocketPath;
    private final Duration registrationExpiry;
    private final Duration keepAlive;
    private final SecurityFloor securityFloor;
    private final KeyingPolicy keyingPolicy;
    private final IceSettings ice;
    private final TlsTrust tlsTrust;
    private final boolean subscribesToMessages;
    private final @Nullable String resourceList;
    private final @Nullable String qualityCollector;
    private final boolean usesGruu;
    private final @Nullable Set<String> codecs;
    private final List<String> codecPreference;

    private SipAccount(Builder builder) {
        this.user = builder.user;
        this.domain = builder.domain;
        this.authUser = builder.authUser != null ? builder.authUser : builder.user;
        this.password = builder.password;
        this.passwordHash = builder.passwordHash;
        this.displayName = builder.displayName;
        this.transport = builder.transport;
        this.outboundProxies = builder.outboundProxies;
        this.webSocketPath = builder.webSocketPath;
        this.registrationExpiry = builder.registrationExpiry;
        this.keepAlive = builder.keepAlive;
        this.securityFloor = builder.securityFloor;
        this.keyingPolicy = builder.keyingPolicy;
        this.ice = builder.ice;
        this.tlsTrust = builder.tlsTrust;
        this.subscribesToMessages = builder.subscribesToMessages;
        this.resourceList = builder.resourceList;
        this.qualityCollector = builder.qualityCollector;
        this.usesGruu = builder.usesGruu;
        this.codecs = builder.codecs;
        this.codecPreference = builder.codecPreference;
        if (!transport.isEncrypted() && !securityFloor.cleartextSignalling()) {
            throw new IllegalArgumentException(
                    transport
                            + " is readable on the network; use TLS or WSS, or for a lab SecurityFloor.labAllowCleartextSignalling()");
        }
    }

    /**
     * Returns a builder for an account.
     *
     * @param user the user part of the address of record, usually the extension: {@code 1001} for
     *     {@code sip:1001@pbx.example}. An {@code @} in it is part of the name, and escaped in
     *     addresses (RFC 3261 §19.1.1)
     * @param domain the domain part: the phone system's name, which its certificate must contain
     *     (see {@link TlsTrust}). {@code name:port}, {@code address:port} and {@code [v6]:port}
     *     also set its server's port. With a port, DNS is queried only for addresses, not for SRV
     *     (RFC 3263 §4.2)
     * @param password the password for digest authentication
     * @throws IllegalArgumentException if the domain is not a valid {@link HostPort}, or the user
     *     is empty or begins with a scheme, such as {@code sip:}
     */
    public static Builder builder(String user, String domain, Secret password) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(password, "password");
        return new Builder(user, HostPort.parse(domain), password);
    }

    public String user() {
        return user;
    }

    public String domain() {
        return domain.host();
    }

    /**
     * Returns the port of the domain's server; 0 if none was given, so that DNS gives it (RFC
     * 3263).
     */
    public int domainPort() {
        return domain.port();
    }

    /** Returns the user name for digest authentication; the {@link #user} unless set. */
    public String authUser() {
        return authUser;
    }

    public Secret password() {
        return password;
    }

    /**
     * Returns null if {@link #password} is the password itself. Otherwise the {@link #password} is
     * a hash of it for this realm and algorithm, in lower-case hexadecimal.
     */
    public @Nullable PasswordHash passwordHash() {
        return passwordHash;
    }

    public @Nullable String displayName() {
        return displayName;
    }

    public SipTransport transport() {
        return transport;
    }

    /**
     * Returns the first outbound proxy, to which every request goes first; null means the domain
     * itself, located by RFC 3263. Over TLS, its certificate must name the domain or this host (see
     * {@link TlsTrust}).
     */
    public @Nullable HostPort outboundProxy() {
        return outboundProxies.isEmpty() ? null : outboundProxies.get(0);
    }

    /**
     * Returns the outbound proxies in the order of preference (RFC 5626 §4.1, the
     * outbound-proxy-set); empty if there are none. If the phone system supports outbound, the
     * account registers over one flow to each of the first two.
     */
    public List<HostPort> outboundProxies() {
        return outboundProxies;
    }

    /**
     * Returns the path of the WebSocket on the server, with the query if it has one (RFC 6455 §3);
     * {@code /} unless set. Other transports ignore it.
     */
    public String webSocketPath() {
        return webSocketPath;
    }

    /** Returns the expiry that the account requests for its registration. */
    public Duration registrationExpiry() {
        return registrationExpiry;
    }

    /** Returns the interval of keep-alives on an idle flow (RFC 5626 §4.4). */
    public Duration keepAlive() {
        return keepAlive;
    }

    public SecurityFloor securityFloor() {
        return securityFloor;
    }

    /** Returns which key exchange calls offer and accept. */
    public KeyingPolicy keyingPolicy() {
        return keyingPolicy;
    }

    /** Returns the ICE settings of calls. */
    public IceSettings ice() {
        return ice;
    }

    public TlsTrust tlsTrust() {
        return tlsTrust;
    }

    /**
     * Returns whether the account subscribes to message waiting (RFC 3842). Unsolicited
     * notifications are processed in any case.
     */
    public boolean subscribesToMessages() {
        return subscribesToMessages;
    }

    /**
     * Returns the resource list with which the account watches many extensions at once (RFC 4662),
     * as a name or address; null if there is none.
     */
    public @Nullable String resourceList() {
        return resourceList;
    }

    /**
     * Returns where the phone system wants a report of each ended call's quality (RFC 6035), as a
     * name or address; null, so that none is sent, unless set.
     */
    public @Nullable String qualityCollector() {
        return qualityCollector;
    }

    /** Returns whether calls use this phone's GRUU as their Contact (RFC 5627). */
    public boolean usesGruu() {
        return usesGruu;
    }

    /**
     * Returns the encoding names (RFC 3551 §6) that calls may use, in lower case, or null for all
     * codecs.
     */
    public @Nullable Set<String> codecs() {
        return codecs;
    }

    /**
     * Returns the preferred encoding names in lower case, the best first; all other codecs follow.
     * Empty leaves the order to the engine.
     */
    public List<String> codecPreference() {
        return codecPreference;
    }

    /** Returns a builder with this account's settings. The secret is shared, not copied. */
    public Builder toBuilder() {
        return new Builder(user, domain, password)
                .authUser(authUser)
                .passwordHash(passwordHash)
                .displayName(displayName)
                .transport(transport)
                .outboundProxies(outboundProxies)
                .webSocketPath(webSocketPath)
                .registrationExpiry(registrationExpiry)
                .keepAlive(keepAlive)
                .securityFloor(securityFloor)
                .keyingPolicy(keyingPolicy)
                .ice(ice)
                .tlsTrust(tlsTrust)
                .subscribesToMessages(subscribesToMessages)
                .resourceList(resourceList)
                .qualityCollector(qualityCollector)
                .usesGruu(usesGruu)
                .codecs(codecs)
                .codecPreference(codecPreference);
    }

    @Override
    public String toString() {
        return "SipAccount[" + transport + ", lowered floor: " + securityFloor.isWeakened() + "]";
    }

    /**
     * Builds an account. Every setting but the three of {@link SipAccount#builder} has a default.
     */
    public static final class Builder {
        private static final String NAME_OR_ADDRESS = "[A-Za-z0-9_.!~*+@:;=-]{1,255}";

        private final String user;
        private final HostPort domain;
        private final Secret password;
        private @Nullable String authUser;
        private @Nullable PasswordHash passwordHash;
        private @Nullable String displayName;
        private SipTransport transport = SipTransport.TLS;
        private List<HostPort> outboundProxies = List.of();
        private String webSocketPath = "/";
        private Duration registrationExpiry = Duration.ofMinutes(10);
        private Duration keepAlive = Duration.ofSeconds(20);
        private SecurityFloor securityFloor = SecurityFloor.DEFAULT;
        private KeyingPolicy keyingPolicy = KeyingPolicy.PREFER_SDES;
        private IceSettings ice = IceSettings.DEFAULT;
        private TlsTrust tlsTrust = TlsTrust.PLATFORM;
        private boolean subscribesToMessages;
        private @Nullable String resourceList;
        private @Nullable String qualityCollector;
        private boolean usesGruu;
        private @Nullable Set<String> codecs;
        private List<String> codecPreference = List.of();

        private Builder(String user, HostPort domain, Secret password) {
            this.user = user;
            this.domain = domain;
            this.password = password;
            if (user.isEmpty()) {
                throw new IllegalArgumentException("the user part of an account is not empty");
            }
            if (user.matches("(?i)(sips?|tel):.*")) {
                throw new IllegalArgumentException(
                        "the user of an account has no scheme: give what stands between sip: and the @, such as anna of"
                                + " sip:anna@example.org, and the domain behind it");
            }
        }

        public Builder authUser(String name) {
            this.authUser = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Declares that the secret is not the password but a hash of it, in lower-case hexadecimal.
         */
        public Builder passwordHash(@Nullable PasswordHash madeFor) {
            this.passwordHash = madeFor;
            return this;
        }

        public Builder displayName(@Nullable String name) {
            this.displayName = name;
            return this;
        }

        public Builder transport(SipTransport choice) {
            this.transport = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Sets a single outbound proxy, or none if null; see {@link #outboundProxies(List)}. */
        public Builder outboundProxy(@Nullable HostPort proxy) {
            this.outboundProxies = proxy == null ? List.of() : List.of(proxy);
            return this;
        }

        /**
         * Sets the outbound proxies, the best first. Empty, the default, uses the domain's own
         * servers.
         */
        public Builder outboundProxies(List<HostPort> proxies) {
            Objects.requireNonNull(proxies, "proxies");
            this.outboundProxies = List.copyOf(proxies);
            return this;
        }

        /**
         * Sets the path of the WebSocket on the server: the part of a {@code wss:} URI after host
         * and port.
         *
         * @throws IllegalArgumentException if it does not begin with a slash, or contains
         *     characters that are not allowed in a URI
         */
        public Builder webSocketPath(String path) {
            if (!path.matches("/[!$&-;=?-Z_a-z~%]{0,1023}")) {
                throw new IllegalArgumentException("a path begins with a slash and has the characters of a URI");
            }
            this.webSocketPath = Objects.requireNonNull(path, "path");
            return this;
        }

        /**
         * Sets the requested expiry: one minute to one day, ten minutes unless set. The registrar
         * may shorten it.
         */
        public Builder registrationExpiry(Duration expiry) {
            if (expiry.compareTo(Duration.ofMinutes(1)) < 0 || expiry.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("a registration lasts from one minute to one day, not " + expiry);
            }
            this.registrationExpiry = Objects.requireNonNull(expiry, "expiry");
            return this;
        }

        /**
         * Sets the keep-alive interval: five seconds to half an hour. It is 20 s unless set, so
         * that a dead connection is noticed within 30 s.
         */
        public Builder keepAlive(Duration interval) {
            if (interval.compareTo(Duration.ofSeconds(5)) < 0 || interval.compareTo(Duration.ofMinutes(30)) > 0) {
                throw new IllegalArgumentException("keep-alive is from five seconds to half an hour, not " + interval);
            }
            this.keepAlive = Objects.requireNonNull(interval, "interval");
            return this;
        }

        public Builder securityFloor(SecurityFloor floor) {
            this.securityFloor = Objects.requireNonNull(floor, "floor");
            return this;
        }

        /**
         * Sets the keying policy; {@link KeyingPolicy#PREFER_SDES} unless set. It has no effect on
         * unencrypted media, which {@link SecurityFloor} alone permits.
         */
        public Builder keyingPolicy(KeyingPolicy policy) {
            this.keyingPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** Sets the ICE settings; {@link IceSettings#DEFAULT} unless set. */
        public Builder ice(IceSettings settings) {
            this.ice = Objects.requireNonNull(settings, "settings");
            return this;
        }

        public Builder tlsTrust(TlsTrust trust) {
            this.tlsTrust = Objects.requireNonNull(trust, "trust");
            return this;
        }

        /**
         * Sets whether to subscribe to message waiting. Off by default: many phone systems notify
         * unsolicited, and many extensions have no mailbox.
         */
        public Builder subscribesToMessages(boolean subscribes) {
            this.subscribesToMessages = subscribes;
            return this;
        }

        /**
         * Sets the resource list with which the account watches many extensions at once (RFC 4662),
         * such as {@code lamps-1001}. Null, the default, subscribes to each extension separately.
         * The engine also does that for extensions not on the list, and if the phone system has no
         * such list.
         *
         * @throws IllegalArgumentException if it is not the name or address of a list: 1 to 255
         *     letters, digits and {@code -_.!~*+@:;=}
         */
        public Builder resourceList(@Nullable String list) {
            if (list != null && !list.matches(NAME_OR_ADDRESS)) {
                throw new IllegalArgumentException("not the name of a list");
            }
            this.resourceList = list;
            return this;
        }

        /**
         * Sets where to send a report of each ended call's quality (RFC 6035), such as {@code
         * sip:collector@pbx.example}. It goes over the account's connection and only to its own
         * phone system: a collector elsewhere gets none. It has the call's two addresses, the
         * addresses of its media, its times, and its figures. Null, the default, sends none.
         *
         * @throws IllegalArgumentException if it is not a name or address: 1 to 255 letters, digits
         *     and {@code -_.!~*+@:;=}
         */
        public Builder qualityCollector(@Nullable String collector) {
            if (collector != null && !collector.matches(NAME_OR_ADDRESS)) {
                throw new IllegalArgumentException("not the address of a collector");
            }
            this.qualityCollector = collector;
            return this;
        }

        /**
         * Sets whether calls use this phone's GRUU, the address that the registrar gives to this
         * phone alone (RFC 5627), as their Contact. An attended transfer then reaches this phone,
         * not all phones of the user. Off by default: some registrars assign GRUUs that the proxies
         * in front of them do not know. Requests within a call then do not reach this phone.
         */
        public Builder usesGruu(boolean uses) {
            this.usesGruu = uses;
            return this;
        }

        /**
         * Sets the permitted codecs as encoding names in any case: {@code opus}, {@code g722},
         * {@code pcma}, {@code pcmu}. Null, the default, permits all.
         *
         * @throws IllegalArgumentException if a codec does not exist
         */
        public Builder codecs(@Nullable Set<String> permitted) {
            this.codecs = permitted == null ? null : Set.copyOf(CodecNames.known(permitted));
            return this;
        }

        /**
         * Sets the order in which codecs are offered: encoding names, such as {@code pcma}, the
         * best first; codecs not named follow. It does not restrict the permitted codecs, and an
         * answer follows the offer's order (RFC 3264 §6.1). The default is by sound quality:
         * {@code opus}, {@code g722}, {@code pcma}, {@code pcmu}.
         *
         * @throws IllegalArgumentException if a codec does not exist
         */
        public Builder codecPreference(List<String> bestFirst) {
            Objects.requireNonNull(bestFirst, "bestFirst");
            this.codecPreference = CodecNames.known(bestFirst);
            return this;
        }

        public SipAccount build() {
            return new SipAccount(this);
        }
    }
}
