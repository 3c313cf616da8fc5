// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxBuilder;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.report.ReportTable;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.script.CallScript;
import com.techpro.callclient.testkit.soak.script.Capabilities;
import com.techpro.callclient.testkit.soak.script.Capabilities.Hold;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.Credentials;
import com.techpro.callclient.testkit.soak.settings.ForeignPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem.OnHold;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a phone system shows and lets through is found out in calls at it; here it is the embedded PBX, of which the run is told no more than its address. */
@Tag("slow")
class CapabilityProbeTest {
    private static final List<String> NUMBERS = List.of("1001", "1002", "1003");
    private static final String PASSWORD = "of-nobody";

    private @Nullable EmbeddedPbx pbx;
    private @Nullable SrtpSuite suite;

    @AfterEach
    void close() {
        if (pbx != null) {
            pbx.close();
        }
    }

    @Test
    @Tag("day-0")
    void one_that_tells_of_a_hold_and_passes_keys_lacks_nothing() throws IOException {
        start();
        assertThat(found(MediaMix.PLAIN, Set.of(CallFeature.BLIND_TRANSFER)))
                .satisfies(able -> assertThat(able.lacks()).isEmpty())
                .isEqualTo(Capabilities.ALL);
    }

    /** Music, {@code sendrecv}, nothing told. */
    @Test
    @Tag("day-1")
    void without_hold_indication_a_call_continues_and_its_silence_is_judged() throws IOException {
        start(FieldBehaviour.MUSIC_ON_HOLD);
        try (RunEnvironment stage = RunEnvironment.open();
                SoakClient client = connect(stage, MediaMix.PLAIN)) {
            List<Extension> users = enrolled(client, MediaMix.PLAIN);

            Capabilities able = probe(client, MediaMix.PLAIN, Set.of()).find(users);

            assertThat(able.callerHolds()).isEqualTo(Hold.UNTOLD);
            assertThat(able.calleeHolds()).isEqualTo(Hold.UNTOLD);
            assertThat(able.keys()).isTrue();
            assertThat(able.lacks())
                    .containsExactly(
                            "the callee being notified when the caller holds",
                            "the caller being notified when the callee holds");
            OnHold held = able.onHold(OnHold.ANYTHING, true);
            CallResult call = call(client, users, held);
            assertThat(call.problem()).isNull();
            assertThat(call.heard()).hasSize(2).allMatch(SpeechVerdict::verified);
            assertThat(call.onHold()).hasSize(2);
            assertThat(call.holdFault(held)).isNull();
        }
    }

    @Test
    @Timeout(300) // Warming up takes up to two minutes.
    @Tag("day-2")
    void a_whole_run_at_a_phone_system_without_hold_indication_has_no_stuck_call() throws IOException {
        EmbeddedPbx there = start(
                EnumSet.complementOf(EnumSet.of(FieldBehaviour.DIRECT_MEDIA)).toArray(FieldBehaviour[]::new));
        SoakSettings settings = settings(MediaMix.PLAIN, Set.of());
        SoakReport report = new SoakRun(settings, () -> foreign(there), progress -> {})
                .callsAtOnce(1)
                .execute();
        assertThat(report.calls().connected()).as(ReportTable.of(report)).isPositive();
        assertThat(report.calls().failedByReason()).as(ReportTable.of(report)).doesNotContainKey("stuck-holding");
        assertThat(report.holds().directions()).isPositive();
        assertThat(ReportTable.of(report)).contains("the callee being notified when the caller holds");
    }

    @Test
    void a_suite_that_it_does_not_take_is_named_and_nothing_is_judged_by_it() throws IOException {
        start(builder().srtpEverywhere().suites(SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        suite = SrtpSuite.AEAD_AES_256_GCM;
        assertThat(found(MediaMix.PLAIN, Set.of()).noCall()).isNotNull();
    }

    @Test
    @Tag("day-0")
    void a_transfer_that_it_refuses_is_named() throws IOException {
        start().on("REFER").reply(501);
        Capabilities able = found(MediaMix.PLAIN, Set.of(CallFeature.BLIND_TRANSFER));
        assertThat(able.can(CallFeature.BLIND_TRANSFER)).isFalse();
        assertThat(able.lacks()).singleElement().asString().startsWith("blind transfer (");
    }

    private EmbeddedPbx start(FieldBehaviour... field) {
        return start(builder().behaving(field));
    }

    private static PbxBuilder builder() {
        PbxBuilder builder = EmbeddedPbx.builder().domain("localhost").random(Seeds.random(1));
        NUMBERS.forEach(number -> builder.extension(number, PASSWORD));
        return builder;
    }

    private EmbeddedPbx start(PbxBuilder builder) {
        EmbeddedPbx started = builder.start();
        pbx = started;
        return started;
    }

    private SoakPhoneSystem foreign(EmbeddedPbx pbx) {
        return new ForeignPhoneSystem(
                pbx.address(SipTransport.TLS),
                NUMBERS.stream()
                        .map(number -> new Credentials.User(number, Secret.of(PASSWORD), number))
                        .toList(),
                SipTransport.TLS,
                suite,
                pbx.tlsTrust());
    }

    private Capabilities found(MediaMix media, Set<CallFeature> features) throws IOException {
        try (RunEnvironment stage = RunEnvironment.open();
                SoakClient client = connect(stage, media)) {
            return probe(client, media, features).find(enrolled(client, media));
        }
    }

    private CapabilityProbe probe(SoakClient client, MediaMix media, Set<CallFeature> features) {
        return new CapabilityProbe(client, features, media.equals(MediaMix.PLAIN) && suite == null, () -> false);
    }

    private static SoakClient connect(RunEnvironment stage, MediaMix media) throws IOException {
        SoakSettings settings = settings(media, Set.of());
        return stage.connect(settings, new RunStatistics(settings.choices()));
    }

    private List<Extension> enrolled(SoakClient client, MediaMix media) throws IOException {
        SoakPhoneSystem phones = foreign(pbx);
        List<MediaChoice> choices = settings(media, Set.of()).choices();
        List<Extension> users = new ArrayList<>();
        for (int i = 0; i < NUMBERS.size(); i++) {
            users.add(client.add(
                    i, phones.number(i), choices.get(i), choices.get(i).applyTo(phones.account(i), List.of())));
        }
        assertThat(client.waiting()
                        .until(
                                Duration.ofSeconds(20),
                                () -> client.registrations().settled()))
                .isTrue();
        return users;
    }

    private static CallResult call(SoakClient client, List<Extension> users, OnHold held) {
        List<CallResult> records = new ArrayList<>();
        CallScript some = CallScript.random(Seeds.random(3));
        CallScript script = new CallScript(
                some.begins(),
                some.apart(),
                some.ring(),
                some.talkBeforeHold(),
                some.held(),
                some.talkAfterHold(),
                some.talkAfterKeys(),
                true,
                true,
                some.keys());
        client.waiting().ask(() -> {
            client.calls()
                    .start(1, script, users.get(0), users.get(1), held, (one, other) -> {}, over -> {}, records::add);
            return true;
        });
        assertThat(client.waiting().until(Duration.ofSeconds(60), () -> !records.isEmpty()))
                .isTrue();
        return records.get(0);
    }

    private static SoakSettings settings(MediaMix media, Set<CallFeature> features) throws IOException {
        return new SoakSettings(
                NUMBERS.size(),
                0,
                VaultKind.PASSPHRASE,
                1,
                Duration.ofSeconds(1),
                SipTransport.TLS,
                null,
                2_543,
                Impairment.NONE,
                SpeechClip.builtIn(),
                media,
                features);
    }
}
