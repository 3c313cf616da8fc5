// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.settings.FeatureCode;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import com.techpro.callclient.testkit.soak.settings.AppLogin;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.Parking;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.statistics.Descriptions;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The testkit's own PBX, in this process, with generated extensions. Towards every second of them
 * it behaves as phone systems in the field do.
 */
public final class EmbeddedPhoneSystem implements SoakPhoneSystem {
    private static final int FIRST_EXTENSION = 1001;
    private static final String ECHO = "600";
    private static final String ROOM = "8000";
    /** Enough for several minutes of calls. */
    private static final int TRACED_BYTES = 32 << 20;

    /**
     * All except direct media, which nobody can decrypt between two re-INVITEs. It would count as
     * packet loss here.
     */
    private static final FieldBehaviour[] FIELD =
            EnumSet.complementOf(EnumSet.of(FieldBehaviour.DIRECT_MEDIA)).toArray(FieldBehaviour[]::new);

    private final EmbeddedPbx pbx;
    private final List<String> extensions;
    private final SipTransport transport;
    private final @Nullable SrtpSuite suite;
    private final @Nullable CoturnServer relay;
    private volatile List<String> failurePlaces = List.of();

    /** For a soak, whose seed determines the PBX's random choices. */
    public EmbeddedPhoneSystem(SoakSettings settings) throws IOException {
        this(
                settings.choices(),
                settings.transport(),
                settings.suite(),
                Seeds.random(settings.seed(), "pbx"),
                settings.media().isRelayed() ? CoturnServer.start() : null,
                0);
    }

    /**
     * As {@link #EmbeddedPhoneSystem(SoakSettings)}, but it keeps messages for
     * {@link SoakRun#tracesInto}.
     */
    public static EmbeddedPhoneSystem traced(SoakSettings settings) throws IOException {
        return new EmbeddedPhoneSystem(
                settings.choices(),
                settings.transport(),
                settings.suite(),
                Seeds.random(settings.seed(), "pbx"),
                settings.media().isRelayed() ? CoturnServer.start() : null,
                TRACED_BYTES);
    }

    EmbeddedPhoneSystem(
            List<MediaChoice> choices,
            SipTransport transport,
            @Nullable SrtpSuite suite,
            Random random,
            @Nullable CoturnServer relay,
            int tracedBytes)
            throws IOException {
        int users = choices.size();
        this.relay = relay;
        this.extensions = IntStream.range(FIRST_EXTENSION, FIRST_EXTENSION + users)
                .mapToObj(Integer::toString)
                .toList();
        this.pbx = EmbeddedPbx.builder()
                .random(random)
                .recordedRequests(0)
                .traced(tracedBytes)
                .extensions(extensions.toArray(String[]::new))
                .provisioning()
                .voicemail()
                .behaving(FIELD)
                .behavingTowards(everySecond(extensions))
                .dtls(offeredDtls(extensions, choices))
                .start();
        this.transport = transport;
        this.suite = suite;
    }

    private static List<String> everySecond(List<String> all) {
        return IntStream.range(0, all.size())
                .filter(EmbeddedPhoneSystem::isInTheField)
                .mapToObj(all::get)
                .toList();
    }

    /** Users who refuse SDES need DTLS offers; those who accept both get them too. */
    private static String[] offeredDtls(List<String> all, List<MediaChoice> choices) {
        return IntStream.range(0, all.size())
                .filter(i -> choices.get(i).keying().offers(KeyExchange.DTLS))
                .mapToObj(all::get)
                .toArray(String[]::new);
    }

    private static boolean isInTheField(int index) {
        return index % 2 == 1;
    }

    @Override
    public int size() {
        return extensions.size();
    }

    /**
     * The accounts that it serves over HTTPS are for real use: without lab switches, and with TLS
     * only.
     */
    @Override
    public @Nullable AppLogin login(int index) {
        String extension = extensions.get(index);
        return transport == SipTransport.TLS
                ? new AppLogin(
                        pbx.phoneSystem(),
                        pbx.login(extension),
                        () -> pbx.state().isRegistered(extension),
                        () -> pbx.voicemail().stored(extension))
                : null;
    }

    @Override
    public SipAccount account(int index) {
        return pbx.account(extensions.get(index), transport)
                .securityFloor(SoakPhoneSystem.floor(transport, suite))
                .build();
    }

    @Override
    public String number(int index) {
        return extensions.get(index);
    }

    @Override
    public String echo() {
        return ECHO;
    }

    @Override
    public Parking parking() {
        return parking(pbx);
    }

    static Parking parking(EmbeddedPbx pbx) {
        return new Parking(
                FeatureCode.PARK.usual(),
                number -> pbx.parked().entrySet().stream()
                        .filter(slot -> slot.getValue().equals(number))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null));
    }

    @Override
    public int registered() {
        return (int) pbx.state().registrations().stream()
                .map(registration -> registration.extension())
                .distinct()
                .count();
    }

    @Override
    public int failures() {
        return pbx.failures();
    }

    @Override
    public List<String> failurePlaces() {
        return failurePlaces;
    }

    @Override
    public OnHold onHold(int caller) {
        return isInTheField(caller) ? OnHold.MUSIC : OnHold.SILENCE;
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public List<IceServer> iceServers() {
        return relay == null ? List.of() : List.of(relay.account());
    }

    @Override
    public String room() {
        return ROOM;
    }

    @Override
    public MessageTrace trace() {
        return pbx.trace();
    }

    @Override
    public int inRoom() {
        return pbx.room(ROOM).participants().size();
    }

    @Override
    public void close() {
        failurePlaces = pbx.release().stream().map(Descriptions::typeAndPlace).toList();
        if (relay != null) {
            relay.close();
        }
    }
}
