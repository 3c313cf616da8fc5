// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * Describes the box and its server to the kit, and holds what the clauses share. Authors extend
 * {@link VoicemailBoxContract}, which inherits all of it.
 */
public abstract class VoicemailBoxUnderTest {
    /** The caller of every message. No box may print it. */
    protected static final String NUMBER = "0711-canary-4417";

    protected static final String NAME = "Canary Callertop";

    private static final Set<Reason> SERVER_FAILURES =
            EnumSet.of(Reason.UNREACHABLE, Reason.UNTRUSTED, Reason.REFUSED, Reason.PROTOCOL);

    private static final Instant FIRST = Instant.parse("2026-03-01T09:30:00Z");

    private final List<VoicemailBox> opened = new ArrayList<>();

    /** Opens another session of the user on this test's one mailbox. */
    protected abstract VoicemailBox create();

    /** Delivers a message to the mailbox, as the phone system does. */
    protected abstract void deliver(Left message);

    /** Waits until the condition holds, or fails after about thirty seconds. */
    protected abstract void await(BooleanSupplier condition);

    /** Stores a greeting beside the messages; false if that cannot be tried ("greetings"). */
    protected boolean deliverGreeting(byte[] audio) {
        return false;
    }

    /**
     * Makes the server fail from now on so that this must be the reason; false if that cannot be
     * tried ("failing with" and the reason, as in "failing with UNREACHABLE").
     */
    protected boolean fail(Reason reason) {
        return false;
    }

    /** As {@link #fail}; a missing usual failure must be declared. */
    final boolean failing(Reason reason) {
        boolean failing = fail(reason);
        return SERVER_FAILURES.contains(reason) ? ClauseSkips.canTry(failing, "failing with " + reason) : failing;
    }

    /** Ends the failure. */
    protected void heal() {}

    /**
     * Holds the second half of every audio back until {@link #resumeAudio}; false if that cannot be
     * tried ("holding audio back").
     */
    protected boolean holdAudio() {
        return false;
    }

    protected void resumeAudio() {}

    /**
     * Returns how many audio bodies the server was asked for so far, or -1 if unknown ("counting of
     * fetches").
     */
    protected int audioFetched() {
        return -1;
    }

    /**
     * Returns how many connections of boxes are open at the server, or -1 if unknown ("counting of
     * connections").
     */
    protected int openConnections() {
        return -1;
    }

    /** Returns a box with a wrong password; null if that cannot be tried ("a wrong password"). */
    protected @Nullable VoicemailBox withWrongPassword() {
        return null;
    }

    /**
     * Returns a box that does not trust the server's authority; null if that cannot be tried
     * ("distrust of the server").
     */
    protected @Nullable VoicemailBox thatTrustsNobody() {
        return null;
    }

    /**
     * Returns everything on the wire as an observer saw it; null if it was not captured ("a look at
     * the wire").
     */
    protected byte @Nullable [] wire() {
        return null;
    }

    /** Returns what must never be printed besides the caller: user name, password and the like. */
    protected List<String> secrets() {
        return List.of();
    }

    /**
     * A message as a caller leaves it. {@link VoicemailBox#open} must return its audio byte for
     * byte.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    protected record Left(
            @Nullable String number, @Nullable String name, Instant received, boolean heard, byte[] audio) {
        /** For authors, who also create messages. */
        public Left {}
    }

    @AfterEach
    void closeWhatIsOpen() {
        resumeAudio();
        heal();
        opened.forEach(VoicemailBox::close);
    }

    /**
     * Helper for authors and tests: the audio of the nth message, 4,000 bytes that belong to it
     * only.
     */
    protected static byte[] audio(int n) {
        byte[] audio = new byte[4_000];
        Seeds.random(n).nextBytes(audio);
        return audio;
    }

    /** Returns when the nth message was left. */
    protected static Instant at(int n) {
        return FIRST.plusSeconds(n * 3_600L);
    }

    final void deliverSome(int count) {
        for (int i = 0; i < count; i++) {
            deliver(new Left(NUMBER, NAME, at(i), false, audio(i)));
        }
    }

    final VoicemailBox open() {
        VoicemailBox box = create();
        return closing(box);
    }

    /** Closes the box when the test ends. */
    final VoicemailBox closing(VoicemailBox box) {
        opened.add(box);
        return box;
    }

    static List<String> ids(VoicemailPage page) {
        List<String> ids = new ArrayList<>();
        page.messages().forEach(message -> ids.add(message.id()));
        return ids;
    }

    static byte[] bytes(VoicemailBox box, String id) throws IOException {
        try (VoicemailAudio audio = box.open(id)) {
            byte[] all = rest(audio.bytes());
            assertThat(audio.length()).isIn(-1L, (long) all.length);
            return all;
        }
    }

    static byte[] rest(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[1_024];
        int count = in.read(some);
        while (count >= 0) {
            all.write(some, 0, count);
            count = in.read(some);
        }
        return all.toByteArray();
    }

    /** A task that may fail. */
    interface Use {
        void run() throws IOException;
    }

    static void assertFails(Reason reason, Use use) {
        VoicemailException failure = catchThrowableOfType(VoicemailException.class, use::run);
        assertThat(failure).as("it threw nothing").isNotNull();
        assertThat(failure.reason()).isEqualTo(reason);
    }

    static String stackOf(Use use) {
        VoicemailException failure = catchThrowableOfType(VoicemailException.class, use::run);
        assertThat(failure).as("it threw nothing").isNotNull();
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
