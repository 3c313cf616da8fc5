// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.engine.internal.jdk.JdkNetwork;
import com.techpro.callclient.engine.internal.jdk.JdkSchedulers;
import com.techpro.callclient.engine.internal.sip.auth.DigestAlgorithm;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Schedulers;
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

/** Collects an {@link EmbeddedPbx}'s settings. Every one has a default, but without extensions there is nobody to call. */
public final class PbxBuilder {
    private static final int TRACED_BYTES = 4 << 20;

    private String domain = "pbx.test";
    private String address = "127.0.0.1";
    private final Map<SipTransport, Integer> ports = new EnumMap<>(SipTransport.class);
    private final Map<String, Secret> extensions = new LinkedHashMap<>();
    /** Those of the extensions whose passwords are made when it starts. */
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

    /** The domain of the extensions, and the name in the certificate. {@code pbx.test} unless set. */
    public PbxBuilder domain(String name) {
        domain = name;
        return this;
    }

    /** The literal IP address to serve; loopback unless set. */
    public PbxBuilder address(String literal) {
        address = literal;
        return this;
    }

    /** The port of a transport; a free one unless set. */
    public PbxBuilder port(SipTransport transport, int port) {
        ports.put(transport, port);
        return this;
    }

    /** Serves all transports but this one. */
    public PbxBuilder without(SipTransport transport) {
        ports.remove(transport);
        return this;
    }

    /** Adds extensions; nobody but {@link EmbeddedPbx#account} needs to know their passwords. */
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
     * Calls of this extension withhold its number (RFC 3323): who is called reads {@code Anonymous}, and {@code Privacy: id} beside the
     * asserted number, as the phones of a trusted network do (RFC 3325 §7).
     */
    public PbxBuilder withholding(String extension) {
        withheld.add(extension);
        return this;
    }

    /** What is dialled for a feature, if not {@link FeatureCode#usual}. */
    public PbxBuilder featureCode(FeatureCode feature, String code) {
        if (!code.matches(feature == FeatureCode.PARK ? "[1-9][0-9]{0,8}" : "[*#0-9]{1,9}")) {
            throw new IllegalArgumentException("not a code for " + feature);
        }
        featureCodes.put(feature, code);
        return this;
    }

    /** Has no feature codes: they are numbers like others. */
    public PbxBuilder withoutFeatureCodes() {
        featureCodes.clear();
        return this;
    }

    /** Behaves as phone systems in the field do, in these things. */
    public PbxBuilder behaving(FieldBehaviour... these) {
        behaviours.addAll(List.of(these));
        return this;
    }

    /** Behaves as phone systems in the field do, in everything. */
    public PbxBuilder fieldProfile() {
        return behaving(FieldBehaviour.values());
    }

    /** Keeps {@link #behaving} and {@link #fieldProfile} to the phones of these extensions; all unless set. */
    public PbxBuilder behavingTowards(Collection<String> numbers) {
        behavingTowards = Set.copyOf(numbers);
        return this;
    }

    /** Adds a number that rings all its members at once. */
    public PbxBuilder ringGroup(String number, String... members) {
        ringGroups.put(number, List.of(members));
        return this;
    }

    /** The SRTP suites to offer and accept, best first. All unless set. */
    public PbxBuilder suites(SrtpSuite... accepted) {
        suites = List.of(accepted);
        return this;
    }

    /** Encrypts media on UDP, TCP and WS legs too, with the keys readable in the signalling: for phones that want it so. */
    public PbxBuilder srtpEverywhere() {
        srtpEverywhere = true;
        return this;
    }

    /** Calls the phones of these extensions with keys by DTLS first, as it calls those behind a WebSocket, whatever their transport. */
    public PbxBuilder dtls(String... numbers) {
        dtlsExtensions.addAll(List.of(numbers));
        return this;
    }

    /** The digest algorithms to offer, preferred first, by their names: SHA-512-256, SHA-256, MD5. The last two unless set. */
    public PbxBuilder digests(String... names) {
        digests = List.of(names).stream().map(PbxBuilder::digest).toList();
        return this;
    }

    /** Challenges calls as a proxy does: 407 in place of 401. */
    public PbxBuilder proxyAuthentication() {
        proxyAuthentication = true;
        return this;
    }

    /** Tells the next nonce with every accepted registration (RFC 7616 §3.5). */
    public PbxBuilder nextNonces() {
        nextNonces = true;
        return this;
    }

    /** How long a nonce is good for; five minutes unless set. */
    public PbxBuilder nonceLife(Duration life) {
        nonceLife = life;
        return this;
    }

    /** The bounds of a registration: less is answered 423, more is shortened. A minute to an hour unless set. */
    public PbxBuilder expiry(Duration shortest, Duration longest) {
        shortestExpiry = shortest;
        longestExpiry = longest;
        return this;
    }

    /** How long a call may ring; a minute unless set. */
    public PbxBuilder noAnswer(Duration longest) {
        noAnswer = longest;
        return this;
    }

    /** What has to be typed to get into the room 8001; 1234 unless set. */
    public PbxBuilder roomPin(String digits) {
        if (!digits.matches("[0-9]{1,32}")) {
            throw new IllegalArgumentException("a PIN is digits");
        }
        roomPin = digits;
        return this;
    }

    /**
     * Takes messages for extensions that do not answer, and keeps them in a real mail server beside the PBX, from which their users fetch them over
     * IMAP. That server is always in real time and on this machine's own network. It is GreenMail, which is no dependency of the PBX's: who takes messages adds
     * {@code com.icegreen:greenmail} beside it.
     *
     * @throws IllegalStateException if GreenMail is not there
     */
    public PbxBuilder voicemail() {
        return voicemail(settings -> {});
    }

    /** As {@link #voicemail()}, with settings, which add to those of before. */
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
     * Serves each extension's account over HTTPS, as Linphone's remote provisioning does, to its user, who logs in by e-mail and password.
     * In real time only.
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
     * Serves every transport but UDP at a second port too, as a phone system with two edge proxies does (RFC 5626): phones are registered by way of both, and
     * {@link EmbeddedPbx#dropEdge} lets one die.
     */
    public PbxBuilder secondEdge() {
        secondEdge = true;
        return this;
    }

    /** Gives each phone addresses of its own (RFC 5627): one with its user's number, and others that name nobody. */
    public PbxBuilder gruu() {
        instanceAddresses = true;
        return this;
    }

    /**
     * Wakes phones that sleep (RFC 8599): a phone whose connection is gone stays registered until its registration runs out, and a call to it waits until
     * it has registered again, 20 seconds at the most. Phones of another push service are refused with 555.
     *
     * @param provider the push service that it knows, such as {@code fcm}
     * @param wake called for each phone to be woken, on the PBX's thread; must not wait
     */
    public PbxBuilder pushGateway(String provider, Consumer<PushToken> wake) {
        push = new PushSettings(provider, wake);
        return this;
    }

    /** How many of the newest requests {@link EmbeddedPbx#requests()} keeps; 1,000 unless set, and none with 0. */
    public PbxBuilder recordedRequests(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("none is 0");
        }
        recordedRequests = most;
        return this;
    }

    /** Keeps the newest messages in both directions, repetitions and garbled ones too, for {@link EmbeddedPbx#trace()}: 4 MiB of them. None unless set. */
    public PbxBuilder traced() {
        return traced(TRACED_BYTES);
    }

    /** As {@link #traced()}, but so many bytes. The more of two settings counts. */
    public PbxBuilder traced(int mostBytes) {
        tracedBytes = Math.max(tracedBytes, mostBytes);
        return this;
    }

    /** Where tags, nonces and keys come from: a seeded source makes a run repeatable, and only fit for a test. */
    public PbxBuilder random(Random source) {
        random = source;
        return this;
    }

    /** Starts on this machine's network, in real time. */
    public EmbeddedPbx start() {
        return start(new SecureRandom());
    }

    /** As {@link #start()}; what is left to chance comes from there unless {@link #random} says otherwise. */
    EmbeddedPbx start(Random unlessSet) {
        JdkSchedulers schedulers = new JdkSchedulers();
        JdkNetwork network = new JdkNetwork(schedulers.workers());
        return start(network, schedulers, unlessSet, () -> {
            network.close();
            schedulers.close();
        });
    }

    /** Starts on that network and in that time; closing the PBX leaves both open. */
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

    /** What it would have stood on is not left behind. */
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
