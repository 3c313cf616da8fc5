// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;

/** The fake fulfils the contract with any capabilities of its mailbox. */
class FakeVoicemailBoxContractTest {
    @Nested
    class WithEverything extends Kit {
        WithEverything() {
            super(EnumSet.complementOf(EnumSet.of(Capability.READ_ON_FETCH)));
        }
    }

    @Nested
    @Lacks(
            value = {"DELETE", "UNDELETE", "WATCH"},
            because = "this fake was told so; the one with everything skips nothing")
    class WithNothing extends Kit {
        WithNothing() {
            super(Set.of());
        }
    }

    @Nested
    @Lacks(
            value = {"UNDELETE", "WATCH"},
            because = "this fake was told so; the one with everything skips nothing")
    class ThatMarksOnFetchingAndDeletesAtOnce extends Kit {
        ThatMarksOnFetchingAndDeletesAtOnce() {
            super(Set.of(Capability.READ_ON_FETCH, Capability.DELETE, Capability.MARK_HEARD));
        }
    }

    private abstract static class Kit extends VoicemailBoxContract {
        private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();

        Kit(Set<Capability> capabilities) {
            mailbox.can(capabilities);
        }

        @Override
        protected VoicemailBox create() {
            return new FakeVoicemailBox(mailbox);
        }

        @Override
        protected void deliver(Left message) {
            String id = mailbox.deliver(message.number(), message.name(), message.received(), null, message.audio());
            mailbox.heardElsewhere(id, message.heard());
        }

        @Override
        protected void await(BooleanSupplier condition) {
            Await.until(condition, Duration.ofSeconds(30));
        }

        @Override
        protected boolean deliverGreeting(byte[] audio) {
            mailbox.greeting("busy", audio);
            return true;
        }

        @Override
        protected boolean fail(Reason reason) {
            mailbox.fail(reason);
            return true;
        }

        @Override
        protected void heal() {
            mailbox.fail(null);
        }

        @Override
        protected boolean holdAudio() {
            mailbox.holdAudio(2_000);
            return true;
        }

        @Override
        protected void resumeAudio() {
            mailbox.releaseAudio();
        }

        @Override
        protected int audioFetched() {
            return mailbox.opened();
        }

        @Override
        protected VoicemailBox withWrongPassword() {
            return new FakeVoicemailBox(mailbox, Reason.REFUSED);
        }

        @Override
        protected VoicemailBox thatTrustsNobody() {
            return new FakeVoicemailBox(mailbox, Reason.UNTRUSTED);
        }

        @Override
        protected byte[] wire() {
            return mailbox.wire();
        }

        @Override
        protected int openConnections() {
            return mailbox.openBoxes();
        }
    }
}
