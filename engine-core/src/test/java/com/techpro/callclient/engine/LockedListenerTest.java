// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.CallForwardingSnapshot;
import com.techpro.callclient.engine.internal.client.ClientInsides;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise R4: what the lock protects is told to no listener that comes while the app is locked. */
class LockedListenerTest {
    private final List<String> heard = new ArrayList<>();
    private final CallClientListener listener = new CallClientListener() {
        @Override
        public void lockChanged(boolean locked) {
            heard.add(locked ? "locked" : "unlocked");
        }

        @Override
        public void favoritesChanged(FavoritesSnapshot after) {
            heard.add("favourites");
        }

        @Override
        public void historyChanged(HistorySnapshot after) {
            heard.add("history");
        }

        @Override
        public void voicemailChanged(VoicemailSnapshot after) {
            heard.add("voicemail");
        }

        @Override
        public void doNotDisturbChanged(DoNotDisturbSnapshot after) {
            heard.add("do-not-disturb");
        }

        @Override
        public void callForwardingChanged(CallForwardingSnapshot after) {
            heard.add("forwarding");
        }
    };

    private PhoneScene scene;
    private Phone phone;

    @BeforeEach
    void open() {
        scene = new PhoneScene(4);
        phone = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.store(new FakeSecureStore())))
                .registered();
        phone.client.people().favorites().add(new Favorite("1002", "Bob"));
        ClientInsides.proved(phone.client, Secret.of("secret"));
        scene.pass(Duration.ofSeconds(1));
        phone.client
                .lock()
                .change(
                        new Settings(Mode.PASSWORD, null, Duration.ZERO),
                        new AppLock.Proof.Password(Secret.of("secret")));
        scene.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void R4_a_listener_added_to_a_locked_app_is_notified_only_of_the_lock() {
        phone.client.lock().lockNow();
        scene.until(() -> phone.client.lock().isLocked());
        phone.client.addListener(listener);
        scene.pass(Duration.ofSeconds(1));

        assertThat(heard).containsExactly("locked");
    }

    @Test
    void one_that_comes_to_an_open_app_is_told_of_all_of_it() {
        phone.client.addListener(listener);
        scene.pass(Duration.ofSeconds(1));

        assertThat(heard)
                .containsExactlyInAnyOrder("favourites", "history", "voicemail", "do-not-disturb", "forwarding");
    }
}
