// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.stack.sip.auth.DigestAlgorithm;
import com.techpro.callclient.testkit.pbx.registrar.PushSettings;
import com.techpro.callclient.testkit.pbx.registrar.Registrar;
import com.techpro.callclient.testkit.pbx.settings.FeatureCode;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link EmbeddedPbx}. Every setting has a default; add extensions to have someone to
 * call.
 */
public final class PbxBuilder {
    private static final int TRACED_BYTES = 4 << 20;

    private String domain = "pbx.test";
    private String address = "127.0.0.1";
    private final Map<SipTransport, Integer> ports = new EnumMap<>(SipTransport.class);
    private final Map<String, Secret> extensions = new LinkedHashMap<>();
    /** Extensions whose passwords are generated at the start. */
    private final Set<String> withoutPassword = new HashSet<>();

    private final Map<String, List<String>> ringGroups = new LinkedHashMap<>();
    private final Set<String> withheld = new HashSet<>();
    private final Map<FeatureCode, String> featureCodes = new EnumMap<>(FeatureCode.class);
    private final Set<FieldBehaviour> behaviours = EnumSet.noneOf(FieldBehaviour.class);
    private @Nullable Set<String> behavingTowards;
    private List<SrtpSuite> suites = List.of(SrtpSuite.values());
    private boolean srtpEverywhere;
    private final Set<String> dtlsExtensions = new HashSet<>();
    private List<DigestAlgorithm> digests = List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
    private boolean proxyAuthentication;
    private boolean nextNonces;
    private Duration nonceLife = Duration.ofMinutes(5);
    private Duration shortestExpiry = Duration.ofMinutes(1);
    private Duration longestExpiry = Duration.ofHours(1);
    private Duration noAnswer = Duration.ofSeconds(60);
    private String roomPin = "1234";
    private @Nullable VoicemailBuilder voicemail;
    private @Nullable ProvisioningBuilder provisioning;
    private boolean secondEdge;
    private boolean instanceAddresses;
    private @Nullable PushSettings push;
    private int recordedRequests = 1_000;
    private int tracedBytes;
    /** Null unless set. */
    private @Nullable Random random;

    PbxBuilder() {
        for (SipTransport transport : SipTransport.values()) {
            ports.put(transport, 0);
        }
        for (FeatureCode code : FeatureCode.values()) {
            featureCodes.put(code, code.usual());
        }
    }

    /**
     * Sets the domain of the extensions, which is also the name in the certificate. Default:
     * {@code pbx.test}.
     */
    public PbxBuilder domain(String name) {
        domain = name;
        return this;
    }

    /** Sets the literal IP address to serve. Default: loopback. */
    public PbxBuilder address(String literal) {
        address = literal;
        return this;
    }

    /** Sets the port of a transport. Default: a free port. */
    public PbxBuilder port(SipTransport transport, int port) {
        ports.put(transport, port);
        return this;
    }

    /** Does not serve this transport. */
    public PbxBuilder without(SipTransport transport) {
        ports.remove(transport);
        return this;
    }

    /** Adds extensions with generated passwords; {@link EmbeddedPbx#account} knows them. */
    public PbxBuilder extensions(String... numbers) {
        for (String number : numbers) {
            if (random == null) {
                withoutPassword.add(number);
                extensions.put(number, Secret.of(""));
            } else {
                extensions.put(number, password(random));
            }
        }
        return this;
    }

    /** Adds an extension with a password. */
    public PbxBuilder extension(String number, String password) {
        withoutPassword.remove(number);
        extensions.put(number, Secret.of(password));
        return this;
    }

    private static Secret password(Random random) {
        return Secret.of(Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
    }

    /**
     * Withholds this extension's number in its calls (RFC 3323). The callee gets {@code Anonymous},
     * and {@code Privacy: id} beside the asserted number, as in a trusted network (RFC 3325 §7).
     */
    public PbxBuilder withholding(String extension) {
        withheld.add(extension);
        return this;
    }

    /** Sets the code that is dialled for a feature. Default: {@link FeatureCode#usual}. */
    public PbxBuilder featureCode(FeatureCode feature, String code) {
        if (!code.matches(feature == FeatureCode.PARK ? "[1-9][0-9]{0,8}" : "[*#0-9]{1,9}")) {
            throw new IllegalArgumentException("not a code for " + feature);
        }
        featureCodes.put(feature, code);
        return this;
    }

    /** Disables feature codes; they become ordinary numbers. */
    public PbxBuilder withoutFeatureCodes() {
        featureCodes.clear();
        return this;
    }

    /** Imitates these behaviours of phone systems in the field. */
    public PbxBuilder behaving(FieldBehaviour... these) {
        behaviours.addAll(List.of(these));
        return this;
    }

    /** Imitates all behaviours of phone systems in the field. */
    public PbxBuilder fieldProfile() {
        return behaving(FieldBehaviour.values());
    }

    /**
     * Limits {@link #behaving} and {@link #fieldProfile} to the phones of these extensions.
     * Default: all.
     */
    public PbxBuilder behavingTowards(Collection<String> numbers) {
        behavingTowards = Set.copyOf(numbers);
        return this;
    }

    /** Adds a number that rings all its members at once. */
    public PbxBuilder ringGroup(String number, String... members) {
        ringGroups.put(number, List.of(members));
        return this;
    }

    /** Sets the SRTP suites to offer and accept, best first. Default: all. */
    public PbxBuilder suites(SrtpSuite... accepted) {
        suites = List.of(accepted);
        return this;
    }

    /**
     * Encrypts media on UDP, TCP and WS legs too, for phones that require it. The keys are readable
     * in the signalling.
     */
    public PbxBuilder srtpEverywhere() {
        srtpEverywhere = true;
        return this;
    }

    /**
     * Offers DTLS keys first when it calls these extensions, on any transport, as it does over
     * WebSocket.
     */
    public PbxBuilder dtls(String... numbers) {
        dtlsExtensions.addAll(List.of(numbers));
        return this;
    }

    /**
     * Sets the digest algorithms to offer, preferred first: SHA-512-256, SHA-256 or MD5. Default:
     * the last two.
     */
    public PbxBuilder digests(String... names) {
        digests = List.of(names).stream().map(PbxBuilder::digest).toList();
        return this;
    }

    /** Challenges calls as a proxy does, with 407 instead of 401. */
    public PbxBuilder proxyAuthentication() {
        proxyAuthentication = true;
        return this;
    }

    /** Sends the next nonce with every accepted registration (RFC 7616 §3.5). */
    public PbxBuilder nextNonces() {
        nextNonces = true;
        return this;
    }

    /** Sets the lifetime of a nonce. Default: five minutes. */
    public PbxBuilder nonceLife(Duration life) {
        nonceLife = life;
        return this;
    }

    /**
     * Sets the bounds of a registration's lifetime. Less is answered 423, more is shortened.
     * Default: one minute to one hour.
     */
    public PbxBuilder expiry(Duration shortest, Duration longest) {
        shortestExpiry = shortest;
        longestExpiry = longest;
        return this;
    }

    /** Sets how long a call may ring. Default: one minute. */
    public PbxBuilder noAnswer(Duration longest) {
        noAnswer = longest;
        return this;
    }

    /** Sets the PIN of room 8001. Default: 1234. */
    public PbxBuilder roomPin(String digits) {
        if (!digits.matches("[0-9]{1,32}")) {
            throw new IllegalArgumentException("a PIN is digits");
        }
        roomPin = digits;
        return this;
    }

    /**
     * Adds voicemail for extensions that do not answer. Messages are stored in a real mail server
     * beside the PBX, and users fetch them over IMAP. The mail server always runs in real time on
     * this machine's network. It is GreenMail, which is not a dependency of the PBX: add
     * {@code com.icegreen:greenmail} yourself.
     *
     * @throws IllegalStateException if GreenMail is not on the class path
     */
    public PbxBuilder voicemail() {
        return voicemail(settings -> {});
    }

    /** As {@link #voicemail()}, with settings; they add to earlier ones. */
    public PbxBuilder voicemail(Consumer<VoicemailBuilder> settings) {
        requireMailServer();
        VoicemailBuilder builder = voicemail == null ? new VoicemailBuilder() : voicemail;
        settings.accept(builder);
        voicemail = builder;
        return this;
    }

    private static void requireMailServer() {
        try {
            Class.forName("com.icegreen.greenmail.Managers", false, PbxBuilder.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("voicemail needs a mail server: add com.icegreen:greenmail", e);
        }
    }

    /**
     * Serves each extension's account over HTTPS, as Linphone's remote provisioning does. The user
     * logs in by e-mail and password. In real time only.
     */
    public PbxBuilder provisioning() {
        return provisioning(settings -> {});
    }

    /** As {@link #provisioning()}, with settings. */
    public PbxBuilder provisioning(Consumer<ProvisioningBuilder> settings) {
        ProvisioningBuilder builder = new ProvisioningBuilder();
        settings.accept(builder);
        provisioning = builder;
        return this;
    }

    /**
     * Serves every transport except UDP at a second port too, as a phone system with two edge
     * proxies does (RFC 5626). Phones register through both; {@link EmbeddedPbx#dropEdge} takes one
     * down.
     */
    public PbxBuilder secondEdge() {
        secondEdge = true;
        return this;
    }

    /**
     * Gives each phone GRUUs (RFC 5627): a public one with its user's number, and temporary ones
     * that name nobody.
     */
    public PbxBuilder gruu() {
        instanceAddresses = true;
        return this;
    }

    /**
     * Wakes sleeping phones (RFC 8599). A phone without a connection stays registered until its
     * registration expires. A call to it waits until it registers again, at most 20 seconds. Phones
     * of another push service are refused with 555.
     *
     * @param provider the accepted push service, such as {@code fcm}
     * @param wake called for each phone to wake, on the PBX's thread; must not block
     */
    public PbxBuilder pushGateway(String provider, Consumer<PushToken> wake) {
        push = new PushSettings(provider, wake);
        return this;
    }

    /**
     * Sets how many of the newest requests {@link EmbeddedPbx#requests()} keeps. Default: 1,000; 0
     * keeps none.
     */
    public PbxBuilder recordedRequests(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("none is 0");
        }
        recordedRequests = most;
        return this;
    }

    /**
     * Keeps the newest 4 MiB of messages in both directions for {@link EmbeddedPbx#trace()},
     * including retransmissions and garbled messages. Default: none.
     */
    public PbxBuilder traced() {
        return traced(TRACED_BYTES);
    }

    /** As {@link #traced()}, with a limit in bytes. If set twice, the larger limit counts. */
    public PbxBuilder traced(int mostBytes) {
        tracedBytes = Math.max(tracedBytes, mostBytes);
        return this;
    }

    /**
     * Sets the source of tags, nonces and keys. A seeded source makes a run repeatable; use it in
     * tests only.
     */
    public PbxBuilder random(Random source) {
        random = source;
        return this;
    }

    /** Starts on this machine's network, in real time. */
    public EmbeddedPbx start() {
        return start(new SecureRandom());
    }

    /** As {@link #start()}, with the random source to use unless {@link #random} was set. */
    EmbeddedPbx start(Random unlessSet) {
        JdkSchedulers schedulers = new JdkSchedulers();
        JdkNetwork network = new JdkNetwork(schedulers.workers());
        return start(network, schedulers, unlessSet, () -> {
            network.close();
            schedulers.close();
        });
    }

    /** Starts on that network and in that time. Closing the PBX closes neither. */
    public EmbeddedPbx start(Network network, Schedulers schedulers) {
        return start(network, schedulers, new SecureRandom(), () -> {});
    }

    private EmbeddedPbx start(Network network, Schedulers schedulers, Random unlessSet, AutoCloseable owned) {
        Random chosen = random == null ? unlessSet : random;
        for (List<String> members : ringGroups.values()) {
            if (!extensions.keySet().containsAll(members)) {
                throw new IllegalArgumentException("members of a ring group are extensions");
            }
        }
        try {
            return new EmbeddedPbx(settings(unlessSet, chosen), network, schedulers, chosen, owned);
        } catch (IOException | RuntimeException e) {
            closeAfter(e, owned);
            throw new IllegalStateException("the PBX cannot be served at " + address, e);
        }
    }

    /** Closes the network or schedulers that a failed start would leave open. */
    private static void closeAfter(Exception failure, AutoCloseable owned) {
        try {
            owned.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private PbxSettings settings(Random passwords, Random chosen) throws UnknownHostException {
        Map<String, Secret> secrets = new LinkedHashMap<>(extensions);
        secrets.replaceAll((number, set) -> withoutPassword.contains(number) ? password(passwords) : set);
        return new PbxSettings(
                domain,
                InetAddress.getByName(address),
                Map.copyOf(ports),
                secrets,
                new LinkedHashMap<>(ringGroups),
                suites,
                srtpEverywhere,
                Set.copyOf(dtlsExtensions),
                digests,
                proxyAuthentication,
                nextNonces,
                nonceLife,
                new Registrar.ExpiryLimits(shortestExpiry, longestExpiry, longestExpiry),
                noAnswer,
                roomPin,
                Set.copyOf(withheld),
                new EnumMap<>(featureCodes),
                Set.copyOf(behaviours),
                behavingTowards,
                secondEdge,
                instanceAddresses,
                push,
                recordedRequests,
                tracedBytes,
                voicemail == null ? null : voicemail.settings(),
                provisioning == null ? null : provisioning.settings(extensions.keySet(), chosen));
    }

    private static DigestAlgorithm digest(String name) {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            if (algorithm.token().equalsIgnoreCase(name)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("no digest algorithm is called " + name);
    }
}
