// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything needed to be an extension of a phone system over SIP. Immutable, except that its {@link Secret} can be wiped; prints
 * without personal data.
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
     * Starts an account.
     *
     * @param user the user part of the address of record, usually the extension. An {@code @} in it is
     *     part of the name, and escaped in addresses (RFC 3261 §19.1.1): {@code sip:1001@pbx.example}
     *     has the user {@code 1001}
     * @param domain the domain part: the phone system's name, also what its certificate must name (see {@link TlsTrust}). {@code
     *     name:port}, {@code address:port} and {@code [v6]:port} say where its server listens as well: then DNS is asked for addresses
     *     alone, not for SRV (RFC 3263 §4.2)
     * @param password proves the user's identity to the phone system
     * @throws IllegalArgumentException if the domain is none that a connection could be opened to, see {@link HostPort}, or the user is empty or
     *     begins with a scheme, such as {@code sip:}
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

    /** The port of the domain's server; 0 where none was given, and DNS says it (RFC 3263). */
    public int domainPort() {
        return domain.port();
    }

    /** The user name for digest authentication; the {@link #user} unless set. */
    public String authUser() {
        return authUser;
    }

    public Secret password() {
        return password;
    }

    /** Null where the {@link #password} is the password; else it is a hash of it, in lower-case hexadecimal, made for this. */
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
     * Where every request goes first; null means the domain itself, located by RFC 3263. Over TLS its certificate names the domain or
     * this host (see {@link TlsTrust}).
     */
    public @Nullable HostPort outboundProxy() {
        return outboundProxies.isEmpty() ? null : outboundProxies.get(0);
    }

    /**
     * The outbound proxies in the order of preference (RFC 5626 §4.1, the outbound-proxy-set); empty without any. Where the phone system knows
     * outbound, the account is registered over a flow to each of the first two.
     */
    public List<HostPort> outboundProxies() {
        return outboundProxies;
    }

    /** Where on the server the WebSocket is, with the query if it has one (RFC 6455 §3); {@code /} unless set. Of no meaning to other transports. */
    public String webSocketPath() {
        return webSocketPath;
    }

    /** How long a registration is asked to last. */
    public Duration registrationExpiry() {
        return registrationExpiry;
    }

    /** How often an idle flow is kept open (RFC 5626 §4.4). */
    public Duration keepAlive() {
        return keepAlive;
    }

    public SecurityFloor securityFloor() {
        return securityFloor;
    }

    /** How calls come by their keys. */
    public KeyingPolicy keyingPolicy() {
        return keyingPolicy;
    }

    /** How calls find their way. */
    public IceSettings ice() {
        return ice;
    }

    public TlsTrust tlsTrust() {
        return tlsTrust;
    }

    /** Whether the phone system is asked to tell of voicemail (RFC 3842); what it tells unasked is heard in any case. */
    public boolean subscribesToMessages() {
        return subscribesToMessages;
    }

    /** The list by which the phone system tells of many extensions at once (RFC 4662), by name or as an address; null if it has none. */
    public @Nullable String resourceList() {
        return resourceList;
    }

    /** Whether calls are told of this phone by the address that its registrar gives it alone (RFC 5627). */
    public boolean usesGruu() {
        return usesGruu;
    }

    /** Encoding names (RFC 3551 §6) that calls may use, in lower case, or null for every one there is. */
    public @Nullable Set<String> codecs() {
        return codecs;
    }

    /** Encoding names in lower case, the best first; codecs that are not among them follow. Empty leaves the order to the engine. */
    public List<String> codecPreference() {
        return codecPreference;
    }

    /** The same account to change: its secret is shared, not copied. */
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
                .usesGruu(usesGruu)
                .codecs(codecs)
                .codecPreference(codecPreference);
    }

    @Override
    public String toString() {
        return "SipAccount[" + transport + ", lowered floor: " + securityFloor.isWeakened() + "]";
    }

    /** Collects an account's settings; every one but the three of {@link SipAccount#builder} has a default. */
    public static final class Builder {
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

        /** Says that the secret is not the password but a hash of it, in lower-case hexadecimal. */
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

        /** One, or with null none; see {@link #outboundProxies(List)}. */
        public Builder outboundProxy(@Nullable HostPort proxy) {
            this.outboundProxies = proxy == null ? List.of() : List.of(proxy);
            return this;
        }

        /** The best first; empty, the default, for the servers of the domain. */
        public Builder outboundProxies(List<HostPort> proxies) {
            Objects.requireNonNull(proxies, "proxies");
            this.outboundProxies = List.copyOf(proxies);
            return this;
        }

        /**
         * Where on the server the WebSocket is: as the part of a {@code wss:} URI behind host and port.
         *
         * @throws IllegalArgumentException if it does not begin with a slash, or has characters that no URI has
         */
        public Builder webSocketPath(String path) {
            if (!path.matches("/[!$&-;=?-Z_a-z~%]{0,1023}")) {
                throw new IllegalArgumentException("a path begins with a slash and has the characters of a URI");
            }
            this.webSocketPath = Objects.requireNonNull(path, "path");
            return this;
        }

        /** From one minute to one day; the registrar may shorten it. */
        public Builder registrationExpiry(Duration expiry) {
            if (expiry.compareTo(Duration.ofMinutes(1)) < 0 || expiry.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("a registration lasts from one minute to one day, not " + expiry);
            }
            this.registrationExpiry = Objects.requireNonNull(expiry, "expiry");
            return this;
        }

        /** From five seconds to half an hour; 20 s unless set, so that a connection that died is noticed within 30 s. */
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

        /** {@link KeyingPolicy#PREFER_SDES} unless set. Without encryption, which {@link SecurityFloor} alone permits, it says nothing. */
        public Builder keyingPolicy(KeyingPolicy policy) {
            this.keyingPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** {@link IceSettings#DEFAULT} unless set. */
        public Builder ice(IceSettings settings) {
            this.ice = Objects.requireNonNull(settings, "settings");
            return this;
        }

        public Builder tlsTrust(TlsTrust trust) {
            this.tlsTrust = Objects.requireNonNull(trust, "trust");
            return this;
        }

        /** Off by default: many phone systems tell unasked, and many extensions have no mailbox. */
        public Builder subscribesToMessages(boolean subscribes) {
            this.subscribesToMessages = subscribes;
            return this;
        }

        /**
         * The list by which the phone system tells what many extensions are doing at once (RFC 4662), such as {@code lamps-1001}; null, the
         * default, asks for each extension alone, as happens for those that the list does not have and where the phone system has no such list.
         *
         * @throws IllegalArgumentException if it is not the name or the address of a list: letters, digits and {@code -_.!~*+@:;=}, at most 255
         */
        public Builder resourceList(@Nullable String list) {
            if (list != null && !list.matches("[A-Za-z0-9_.!~*+@:;=-]{1,255}")) {
                throw new IllegalArgumentException("not the name of a list");
            }
            this.resourceList = list;
            return this;
        }

        /**
         * Whether calls are told of this phone by the address that its registrar gives it alone (RFC 5627): an attended transfer then leads to this phone, not
         * to all of the user's. Off by default: there are registrars that give such addresses and proxies before them that do not know them, and then nothing
         * reaches this phone within a call.
         */
        public Builder usesGruu(boolean uses) {
            this.usesGruu = uses;
            return this;
        }

        /**
         * Encoding names in any case: {@code opus}, {@code g722}, {@code pcma}, {@code pcmu}. Null, the
         * default, is for every one there is.
         *
         * @throws IllegalArgumentException if there is no such codec
         */
        public Builder codecs(@Nullable Set<String> permitted) {
            this.codecs = permitted == null ? null : Set.copyOf(CodecNames.known(permitted));
            return this;
        }

        /**
         * In which order codecs are offered: encoding names, such as {@code pcma}, the best first; codecs that are not named follow. Says nothing of what is permitted,
         * and an answer follows the offer's order (RFC 3264 §6.1). By default the best sound comes first: {@code opus}, {@code g722}, {@code pcma},
         * {@code pcmu}.
         *
         * @throws IllegalArgumentException if there is no such codec
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
