// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The instance id while the store takes its time. */
class InstanceIdTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final Loop scheduler = time.openLoop("engine");
    private final EngineLoop loop = new EngineLoop(scheduler);
    private final Queue<Runnable> slow = new ArrayDeque<>();
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final List<String> heard = new ArrayList<>();
    private int made;

    private InstanceId instanceId() {
        return new InstanceId(
                loop, time.random("id" + ++made), new UserStore(loop, slow::add, new FakeSecureStore(disk)));
    }

    private void ask(InstanceId id) {
        loop.execute(() -> id.whenKnown(heard::add));
        time.settle();
    }

    private void storeAnswers() {
        while (!slow.isEmpty()) {
            slow.poll().run();
            time.settle();
        }
    }

    /** RFC 4122 §4.4: all but the version and its variant. */
    @Test
    void each_installation_has_a_random_id() {
        RandomDraws.assertRandomText(6, () -> {
            heard.clear();
            InstanceId id = new InstanceId(
                    loop, time.random("id" + ++made), new UserStore(loop, slow::add, new FakeSecureStore()));
            ask(id);
            storeAnswers();
            String uuid = heard.get(0).substring("urn:uuid:".length()).replace("-", "");
            return uuid.substring(0, 12) + uuid.substring(13, 16) + uuid.substring(17);
        });
    }

    @Test
    void everybodyWhoAsksMeanwhileHearsTheSame() {
        InstanceId id = instanceId();
        ask(id);
        ask(id);
        assertThat(heard).isEmpty();

        storeAnswers();

        assertThat(heard).hasSize(2);
        assertThat(heard.get(1)).isEqualTo(heard.get(0)).startsWith("urn:uuid:");
        assertThat(scheduler.pendingTimers()).isZero();
    }

    @Test
    void aStoreThatKeepsItsUserWaitingDoesNotKeepThePhoneFromRegistering() {
        ask(instanceId());
        storeAnswers();
        InstanceId again = instanceId();
        ask(again);
        time.advance(Duration.ofMillis(2_900));
        assertThat(heard).hasSize(1);

        time.advance(Duration.ofMillis(200));
        storeAnswers();
        ask(again);

        assertThat(heard).hasSize(3);
        assertThat(heard.get(2)).as("as long as the client lasts").isEqualTo(heard.get(1));
        heard.clear();
        ask(instanceId());
        storeAnswers();
        assertThat(heard).as("what was stored is still stored").hasSize(1).doesNotContain("");
        String stored = heard.get(0);
        ask(instanceId());
        storeAnswers();
        assertThat(heard.get(1)).isEqualTo(stored);
    }

    @Test
    void whatIsErasedWhileItIsBeingReadIsNotUsed() {
        ask(instanceId());
        storeAnswers();
        InstanceId id = instanceId();
        ask(id);

        loop.execute(id::forget);
        time.settle();
        storeAnswers();

        assertThat(heard).hasSize(2);
        assertThat(heard.get(1)).isNotEqualTo(heard.get(0));
    }
}
