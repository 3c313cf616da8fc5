// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.conference.RoomsOutcome;
import com.techpro.callclient.engine.internal.client.ClientInsides;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory.Room;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rooms as a directory tells them, and what a lock forbids. Rooms at a real focus are tested at the embedded PBX. */
class ConferenceScenarioTest {
    private final PhoneScene scene = new PhoneScene(51);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_locked_app_joins_nothing_and_goes_on_with_the_room_it_is_in() {
        Phone anna = scene.phone(
                        "1001",
                        "192.0.2.1",
                        config -> config.platform(p -> p.store(new FakeSecureStore(new FakeSecureStore.Disk()))))
                .registered();
        Phone room = scene.phone("8000", "192.0.2.2").registered();
        ClientInsides.proved(anna.client, Secret.of("secret"));
        scene.pass(Duration.ofSeconds(1));
        var settings = new AppLock.Settings(AppLock.Mode.PASSWORD, null, Duration.ZERO);
        assertThat(answer(anna.client.lock().change(settings, new AppLock.Proof.Password(Secret.of("secret"))))
                        .result())
                .isEqualTo(LockOutcome.Result.DONE);
        Conference conference = anna.account.join("8000");
        scene.until(() -> room.incoming != null);
        room.incoming.answer();
        scene.until(() -> conference.snapshot().state() == ConferenceSnapshot.State.JOINED);
        assertThat(anna.client.conferences().joined()).containsExactly(conference);

        anna.client.lock().lockNow();
        scene.until(() -> anna.client.lock().isLocked());

        assertThatThrownBy(() -> anna.account.join("8002")).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> anna.client.conferences().rooms()).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> anna.client.conferences().factory()).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> anna.client.conferences().joined()).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> conference.add("1002")).isInstanceOf(LockedException.class);
        assertThat(conference.snapshot().state()).isEqualTo(ConferenceSnapshot.State.JOINED);
        conference.leave();
        scene.until(() -> conference.snapshot().state() == ConferenceSnapshot.State.ENDED);
        anna.assertQuiet();
    }

    @Test
    void rooms_are_read_once_and_again_when_asked_to_and_a_failure_is_not_kept() {
        Reading directory = new Reading();
        Phone anna = scene.phone("1001", "192.0.2.1", config -> config.conferences(directory))
                .registered();
        Conferences conferences = anna.client.conferences();
        directory.broken = true;
        assertThat(answer(conferences.rooms())).isEqualTo(new RoomsOutcome.Unavailable());

        directory.broken = false;
        CompletionStage<RoomsOutcome> first = conferences.rooms();
        CompletionStage<RoomsOutcome> second = conferences.rooms();
        assertThat(answer(first)).isEqualTo(new RoomsOutcome.Listed(directory.rooms));
        assertThat(answer(second)).isEqualTo(answer(first));
        assertThat(answer(conferences.rooms())).isEqualTo(answer(first));
        assertThat(directory.reads).isEqualTo(2);

        directory.rooms.add(new Room("Board", "8005", true, null));
        assertThat(answer(conferences.rooms())).isEqualTo(answer(first));
        assertThat(answer(conferences.refresh())).isEqualTo(new RoomsOutcome.Listed(directory.rooms));
    }

    private <T> T answer(CompletionStage<T> stage) {
        scene.until(() -> stage.toCompletableFuture().isDone());
        return stage.toCompletableFuture().join();
    }

    /** Counts how often it is asked, and may be out of reach. */
    private static final class Reading implements ConferenceDirectory {
        private final List<Room> rooms = new ArrayList<>(List.of(new Room("Weekly", "8000", false, "*6")));
        private boolean broken;
        private int reads;

        @Override
        public List<Room> rooms(int limit) throws IOException {
            reads++;
            if (broken) {
                throw new IOException("out of reach");
            }
            return List.copyOf(rooms);
        }

        @Override
        public String factory() {
            return null;
        }
    }
}
