// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.testkit.contracts.Sound;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each invariant of the swarm sees what it is to see. */
class InvariantTest {
    private final SwarmWorld world = new SwarmWorld(SwarmTest.world(1, List.of()));
    private final SwarmPhone phone = world.phones.get(0);
    private final SwarmPhone other = world.phones.get(1);

    @AfterEach
    void close() {
        world.close();
    }

    private static void breaks(Invariant invariant, ThrowingCallable task) {
        assertThatExceptionOfType(Invariant.Violation.class)
                .isThrownBy(task)
                .extracting(Invariant.Violation::invariant)
                .isEqualTo(invariant);
    }

    private void pass(int seconds) {
        world.advanceTo(world.time.elapsed().plus(Duration.ofSeconds(seconds)));
    }

    private void register() {
        world.phones.forEach(SwarmPhone::start);
        pass(5);
        assertThat(phone.isRegistered() && other.isRegistered()).isTrue();
    }

    private Call talk() {
        register();
        Call call = phone.client().accounts().get(0).dial(other.extension());
        phone.dialled(call);
        pass(1);
        other.calls().get(0).answer();
        pass(12);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        return call;
    }

    @Test
    void a_stage_that_never_completes_breaks_its_deadline_or_the_closing() {
        PendingStages stages = new PendingStages(world.time, text -> {});
        stages.add("without limit", new CompletableFuture<>(), null);
        stages.add("limited", new CompletableFuture<>(), Duration.ofSeconds(2));
        pass(2);
        stages.check(false);

        breaks(Invariant.STAGES_COMPLETE, () -> stages.check(true));
        pass(1);
        breaks(Invariant.STAGES_COMPLETE, () -> stages.check(false));
    }

    @Test
    void a_stage_that_completes_exceptionally_is_seen() {
        PendingStages stages = new PendingStages(world.time, text -> {});
        stages.add("failing", CompletableFuture.failedFuture(new IllegalStateException()), null);

        breaks(Invariant.STAGES_COMPLETE, () -> stages.check(false));
    }

    @Test
    void a_call_that_ends_twice_is_seen() {
        Call call = talk();
        call.hangUp();
        phone.callChanged(call, new CallEvent.Ended(call.snapshot(), new CallEnding.LocalHangUp()));

        breaks(Invariant.CALLS_END_TYPED, () -> pass(2));
    }

    @Test
    void a_call_that_only_the_PBX_has_is_seen() {
        talk();
        world.checkAgreement();
        other.die();

        breaks(Invariant.PBX_AGREES, world::checkAgreement);
    }

    @Test
    void a_stranger_is_heard() {
        Hearing hearing = new Hearing();
        hearing.check(phone, other, true, Duration.ofSeconds(10));

        breaks(Invariant.NO_STRANGER_HEARD, () -> hearing.check(phone, other, true, Duration.ofSeconds(11)));
    }

    @Test
    void a_held_phone_is_heard_if_its_tone_goes_on() {
        Call call = talk();
        Hearing hearing = new Hearing();
        hearing.connected(world.pbx.liveCalls(), Set.of(), world.time.elapsed());
        hearing.check(phone, other, true, world.time.elapsed());
        hearing.check(phone, other, true, world.time.elapsed());
        call.hold();
        pass(5);
        hearing.connected(world.pbx.liveCalls(), Set.of(), world.time.elapsed());
        hearing.check(phone, other, true, world.time.elapsed());

        breaks(Invariant.HOLD_IS_SILENT, () -> hearing.check(phone, other, true, world.time.elapsed()));
    }

    @Test
    void talking_phones_that_do_not_hear_each_other_are_seen() {
        talk();
        world.checkSound();
        other.audio.microphone(Sound.SILENCE);
        pass(2);

        breaks(Invariant.SOUND_RETURNS, world::checkSound);
    }

    @Test
    void a_phone_that_stays_unregistered_is_seen() {
        world.network.partition(SwarmWorld.PBX, phone.address());

        breaks(Invariant.REGISTRATIONS_RETURN, world::run);
    }

    @Test
    void a_storm_of_REGISTERs_is_seen() {
        world.checkRegisters(100);
        breaks(Invariant.NO_REGISTER_STORM, () -> world.checkRegisters(300));
    }

    @Test
    void a_link_that_nobody_closes_is_seen() throws IOException {
        DatagramLink link = world.network.host("10.0.9.9").openDatagram(new InetSocketAddress("10.0.9.9", 0), null);

        breaks(Invariant.NOTHING_LEAKS, world::run);
        link.close();
    }

    @Test
    void a_password_in_a_packet_or_in_a_printed_text_is_seen() throws IOException {
        breaks(Invariant.NO_SECRET_SHOWN, () -> world.printed("password=" + SwarmWorld.PASSWORD + "1001"));
        try (DatagramLink link =
                world.network.host("10.0.9.9").openDatagram(new InetSocketAddress("10.0.9.9", 0), null)) {
            link.send(
                    ByteBuffer.wrap((SwarmWorld.PASSWORD + "1001").getBytes(UTF_8)),
                    new InetSocketAddress(SwarmWorld.PBX, 5060));

            breaks(Invariant.NO_SECRET_SHOWN, () -> pass(2));
        }
    }

    @Test
    void a_favourite_that_was_stored_and_is_gone_after_a_restart_is_seen() {
        StoredFavourites favourites = new StoredFavourites();
        Duration up = Duration.ofMinutes(1);
        favourites.added("f1", Duration.ZERO);
        favourites.added("f2", Duration.ofSeconds(9));
        assertThat(favourites.lost(snapshot("f1", "f2"), up, Duration.ofSeconds(10)))
                .isZero();
        favourites.restarted();

        assertThat(favourites.lost(snapshot("f1"), up, Duration.ofSeconds(90))).isZero();
        assertThat(favourites.lost(snapshot("f2"), up, Duration.ofSeconds(90))).isOne();
    }

    private static FavoritesSnapshot snapshot(String... numbers) {
        return new FavoritesSnapshot(
                Stream.of(numbers).map(number -> new Favorite(number, "")).toList(),
                new StorageStatus(StorageStatus.State.STORED, null),
                Map.of());
    }

    @Test
    void a_failed_task_of_the_engine_is_seen() {
        breaks(Invariant.NO_FAILURE, () -> phone.failed(Thread.currentThread(), new IllegalStateException()));
    }
}
