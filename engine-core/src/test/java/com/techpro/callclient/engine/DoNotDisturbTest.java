// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user who wants no calls: what the caller hears, and what stays. */
class DoNotDisturbTest {
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final List<DoNotDisturbSnapshot> told = new ArrayList<>();
    private final List<RefusalReason> refused = new ArrayList<>();
    private ScriptedPhoneSystem scene = open(Policy.OPEN);

    private ScriptedPhoneSystem open(Policy policy) {
        ScriptedPhoneSystem opened = new ScriptedPhoneSystem(
                        480,
                        SipTransport.UDP,
                        account -> account,
                        config -> config.platform(p -> p.store(new FakeSecureStore(disk)))
                                .policy(policy))
                .registered();
        opened.client.addListener(new CallClientListener() {
            @Override
            public void doNotDisturbChanged(DoNotDisturbSnapshot after) {
                told.add(after);
            }

            @Override
            public void incomingRefused(Account account, RefusedRequest refusal) {
                refused.add(refusal.reason());
            }
        });
        opened.pass(Duration.ofSeconds(1));
        return opened;
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private boolean set(boolean on) {
        CompletionStage<CommandOutcome> answer =
                scene.client.incomingCalls().doNotDisturb().set(on);
        scene.until(() -> answer.toCompletableFuture().isDone());
        return answer.toCompletableFuture().join().isDone();
    }

    private void invite(String callId) {
        scene.invite(callId, "z9hG4bK" + callId, 1, sdp("192.0.2.10", 40_000, 1));
        scene.pass(Duration.ofMillis(500));
    }

    @Test
    void a_caller_is_told_480_and_why_and_nothing_rings_but_the_history_has_the_call() {
        assertThat(set(true)).isTrue();
        assertThat(told)
                .last()
                .isEqualTo(scene.client.incomingCalls().doNotDisturb().snapshot());
        assertThat(scene.client.incomingCalls().doNotDisturb().snapshot().on()).isTrue();

        invite("one");

        ScriptedMessage answer = scene.pbx.last("SIP/2.0 480");
        assertThat(answer.header("Reason")).isEqualTo("SIP;cause=480;text=\"Do not disturb\"");
        assertThat(scene.pbx.received("SIP/2.0 180")).isEmpty();
        assertThat(scene.incoming).isEmpty();
        assertThat(scene.client.calls()).isEmpty();
        assertThat(refused).containsExactly(RefusalReason.DO_NOT_DISTURB);
        assertThat(scene.client.people().history().snapshot().entries())
                .singleElement()
                .isInstanceOfSatisfying(HistoryEntry.CallRecord.class, missed -> {
                    assertThat(missed.number()).isEqualTo("bob");
                    assertThat(missed.outcome()).isEqualTo(CallOutcome.MISSED);
                });
    }

    @Test
    void calls_ring_again_when_it_is_switched_off() {
        set(true);
        set(false);

        invite("one");

        assertThat(scene.incoming).hasSize(1);
    }

    @Test
    void a_call_that_is_established_goes_on() {
        invite("one");
        Call call = scene.incoming.get(0);
        call.answer();
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
        scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), 1, "bob");
        scene.pass(Duration.ofSeconds(1));

        set(true);
        scene.pass(Duration.ofSeconds(5));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void it_is_remembered() {
        set(true);
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.client.incomingCalls().doNotDisturb().snapshot())
                .isEqualTo(new DoNotDisturbSnapshot(true, StorageStatus.of(StorageStatus.State.STORED)));
        scene.close();

        scene = open(Policy.OPEN);
        invite("one");

        assertThat(scene.client.incomingCalls().doNotDisturb().snapshot().on()).isTrue();
        assertThat(scene.incoming).isEmpty();
    }

    @Test
    void a_full_disk_is_known_when_the_answer_comes_and_it_is_in_force() {
        disk.fail(SecureStoreException.Reason.FULL);

        assertThat(set(true)).isTrue();

        DoNotDisturbSnapshot unsaved = new DoNotDisturbSnapshot(
                true, new StorageStatus(StorageStatus.State.UNSAVED, SecureStoreException.Reason.FULL));
        assertThat(scene.client.incomingCalls().doNotDisturb().snapshot()).isEqualTo(unsaved);
        assertThat(told).last().isEqualTo(unsaved);
        invite("one");
        assertThat(scene.incoming).isEmpty();
        disk.fail(null);
        assertThat(set(true)).isTrue();
        assertThat(scene.client.incomingCalls().doNotDisturb().snapshot())
                .isEqualTo(new DoNotDisturbSnapshot(true, StorageStatus.of(StorageStatus.State.STORED)));
    }

    @Test
    void an_organisation_that_does_not_permit_it_has_calls_ring() {
        set(true);
        scene.pass(Duration.ofSeconds(1));
        scene.close();

        scene = open(new Policy(null, null, null, null, null, Set.of(Policy.Feature.DO_NOT_DISTURB)));
        assertThat(set(true)).isFalse();
        invite("one");

        assertThat(scene.client.incomingCalls().doNotDisturb().snapshot())
                .isEqualTo(new DoNotDisturbSnapshot(false, StorageStatus.of(StorageStatus.State.OFF)));
        assertThat(scene.incoming).hasSize(1);
    }
}
