// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.secret.Secret;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every public method of the client, called while the app is locked: it is in the table of what a locked app permits, with the reason, or it
 * throws {@link LockedException}. A method that is added is called here too.
 */
class LockedClientTableTest {
    private static final String PARTS = "its methods are in this table themselves";
    private static final String CALLS = "whoever talks goes on, and sees with whom";
    private static final String LISTENERS = "who listens is told nothing that the lock hides";
    private static final String LOCK = "it is the lock";
    private static final String REACHABLE = "a locked phone stays reachable";
    private static final String ENDS = "ending something needs no unlocking";

    /** In the order in which they are called: what ends something comes last. */
    private static final Map<String, String> PERMITTED = table(
            entry("CallClient.lock", PARTS),
            entry("CallClient.people", PARTS),
            entry("People.directory", PARTS),
            entry("People.favorites", PARTS),
            entry("People.history", PARTS),
            entry("CallClient.voicemail", PARTS),
            entry("CallClient.textMessages", PARTS),
            entry("CallClient.incomingCalls", PARTS),
            entry("IncomingCalls.doNotDisturb", PARTS),
            entry("IncomingCalls.forwarding", PARTS),
            entry("CallClient.privacy", PARTS),
            entry("CallClient.updates", PARTS),
            entry("CallClient.conferences", PARTS),
            entry("CallClient.accounts", PARTS),
            entry("CallClient.calls", CALLS),
            entry("CallClient.profile", "the lock says whose app it is"),
            entry("CallClient.addListener", LISTENERS),
            entry("CallClient.removeListener", LISTENERS),
            entry("CallClient.login", "it waits until the app is unlocked"),
            entry("CallClient.restore", REACHABLE),
            entry("CallClient.addAccount", "an account of the host's own, which the host brings along"),
            entry("AppLock.appInBackground", LOCK),
            entry("AppLock.appInForeground", LOCK),
            entry("CallClient.wake", REACHABLE),
            entry("CallClient.audioRoutes", CALLS),
            entry("CallClient.routeAudio", CALLS),
            entry("Privacy.trim", "the device runs out of space whether it is locked or not"),
            entry("CallClient.counters", "numbers without names"),
            entry("CallClient.diagnostics", "it names nobody"),
            entry("Account.id", "a number of the client's own"),
            entry("Account.sipAccount", "whose account it is; its secret cannot be read"),
            entry("Account.registration", REACHABLE),
            entry("Account.register", REACHABLE),
            entry("Account.whenRegistered", REACHABLE),
            entry("Account.whenRegisteredOrFailed", REACHABLE),
            entry("Account.updateCredentials", REACHABLE),
            entry("Account.addListener", LISTENERS),
            entry("Account.removeListener", LISTENERS),
            entry("Account.calls", CALLS),
            entry("Call.id", CALLS),
            entry("Call.snapshot", CALLS),
            entry("Call.audioLevels", CALLS),
            entry("Call.voiceEffects", CALLS),
            entry("Call.addListener", CALLS),
            entry("Call.removeListener", CALLS),
            entry("Call.whenEstablished", CALLS),
            entry("Call.hold", CALLS),
            entry("Call.resume", CALLS),
            entry("Call.sendDtmf", CALLS),
            entry("Call.setMuted", CALLS),
            entry("Call.useDevices", CALLS),
            entry("Call.silence", "it makes the phone quiet, and tells nobody anything"),
            entry("Call.merge", CALLS),
            entry("Conference.snapshot", CALLS),
            entry("Conference.call", CALLS),
            entry("Conference.setMuted", CALLS),
            entry("Conference.toggleRoomMute", CALLS),
            entry("Conference.toggleMembersMute", CALLS),
            entry(
                    "CallCompletion.outcome",
                    "it says whether somebody was called, and nobody is while the app is locked"),
            entry("BusyLamp.snapshot", "it shows who is busy, and names nobody"),
            entry("BusyLamp.addListener", LISTENERS),
            entry("BusyLamp.removeListener", LISTENERS),
            entry("Playback.messageId", "a message that plays goes on"),
            entry("Playback.snapshot", "a message that plays goes on"),
            entry("Playback.route", "a message that plays goes on"),
            entry("AppLock.isLocked", LOCK),
            entry("AppLock.settings", LOCK),
            entry("AppLock.change", LOCK),
            entry("AppLock.setPin", LOCK),
            entry("AppLock.unlock", LOCK),
            entry("AppLock.unlockWithPin", LOCK),
            entry("AppLock.unlockWithBiometrics", LOCK),
            entry("AppLock.userActive", LOCK),
            entry("AppLock.lockNow", LOCK),
            entry("Playback.pause", ENDS),
            entry("Playback.close", ENDS),
            entry("Conference.leave", ENDS),
            entry("BusyLamp.close", ENDS),
            entry("CallCompletion.cancel", ENDS),
            entry("Call.refuseTransfer", ENDS),
            entry("Call.reject", ENDS),
            entry("Call.hangUp", ENDS),
            entry("CallClient.logout", ENDS),
            entry("Account.remove", ENDS),
            entry("Privacy.erase", ENDS),
            entry("CallClient.shutdown", ENDS),
            entry("CallClient.close", ENDS));

    private EveryHandleScene scene;
    private VoicemailScene office;

    /** The loop does not run between the locking and the first call of a method. Answering is not permitted either. */
    @BeforeEach
    void lockedInTheMiddleOfThings() {
        scene = new EveryHandleScene(config -> config.answerWhileLocked(false));
        office = scene.office;
        AppLock lock = office.alice.client.lock();
        office.await(lock.change(
                new AppLock.Settings(AppLock.Mode.PASSWORD, null, null),
                new AppLock.Proof.Password(Secret.of("secret"))));
        lock.lockNow();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void the_table_covers_every_handle_that_a_host_can_obtain() {
        assertThat(scene.handles.keySet()).isEqualTo(EveryHandleScene.handlesFrom(CallClient.class));
    }

    @Test
    void a_method_that_is_not_in_the_table_is_refused() {
        List<Method> refused = scene.methods(name -> !PERMITTED.containsKey(name));
        assertThat(refused).hasSizeGreaterThan(30);
        int calls = office.alice.client.calls().size();
        scene.bob.incoming = null;

        for (int i = 0; i < 2; i++) {
            for (Method method : refused) {
                assertThatThrownBy(() -> scene.call(method))
                        .as(EveryHandleScene.name(method))
                        .isInstanceOf(LockedException.class);
            }
            office.scene.pass(Duration.ofSeconds(5));
        }

        assertThat(office.alice.client.lock().isLocked()).isTrue();
        assertThat(office.alice.client.calls()).hasSize(calls);
        assertThat(scene.bob.incoming).as("nobody was called").isNull();
        assertThat(office.mailbox.isHeard("m1")).isFalse();
    }

    @Test
    void a_method_in_the_table_is_permitted_and_unlocks_nothing() {
        List<Method> permitted = scene.methods(PERMITTED::containsKey);
        assertThat(permitted.stream().map(EveryHandleScene::name).collect(Collectors.toSet()))
                .as("every row is a method")
                .isEqualTo(PERMITTED.keySet());
        List<String> order = List.copyOf(PERMITTED.keySet());
        permitted.sort((one, other) ->
                order.indexOf(EveryHandleScene.name(one)) - order.indexOf(EveryHandleScene.name(other)));

        for (Method method : permitted) {
            try {
                scene.call(method);
            } catch (LockedException e) {
                throw new AssertionError(
                        EveryHandleScene.name(method) + " is refused: it does not belong into the table", e);
            } catch (IllegalStateException | IllegalArgumentException e) {
                // Such as a login while a user is logged in: refused, and not because of the lock.
                assertThat(e).isNotNull();
            }
            office.scene.pass(Duration.ofMillis(100));
            boolean over = PERMITTED.get(EveryHandleScene.name(method)).equals(ENDS);
            assertThat(over || office.alice.client.lock().isLocked())
                    .as(EveryHandleScene.name(method))
                    .isTrue();
        }
    }

    @SafeVarargs
    private static Map<String, String> table(Map.Entry<String, String>... rows) {
        Map<String, String> table = new LinkedHashMap<>();
        for (Map.Entry<String, String> row : rows) {
            table.put(row.getKey(), row.getValue());
        }
        return table;
    }
}
