// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class VoicemailListTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final EngineLoop loop = new EngineLoop(time.openLoop("engine"));
    private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
    /** What the workers were given and did not come to yet. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private final VoicemailList book = new VoicemailList(loop, Runnable::run, waiting::add, Caller::of, snapshot -> {});

    /** Workers who are stopped do not begin what waits for them: a connection to the mailbox would stay open. */
    @Test
    void who_closes_the_client_waits_until_the_mailbox_is_closed() {
        AtomicBoolean quiet = new AtomicBoolean();
        loop.execute(() -> book.use(new FakeVoicemailBox(mailbox), null, Availability.ABSENT));
        time.settle();
        assertThat(mailbox.openBoxes()).isEqualTo(1);

        loop.execute(() -> {
            book.forget();
            book.whenQuiet(() -> quiet.set(true));
        });
        time.settle();
        assertThat(quiet).isFalse();

        waiting.remove().run();
        time.settle();
        assertThat(mailbox.openBoxes()).isZero();
        assertThat(quiet).isTrue();
    }
}
