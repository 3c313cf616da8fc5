// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.engine.diagnostics.SipTrace;
import com.techpro.callclient.engine.diagnostics.SipTraceMessage;
import com.techpro.callclient.testkit.pbx.trace.MediaRecording;
import com.techpro.callclient.testkit.pbx.trace.StateMark;
import com.techpro.callclient.testkit.pbx.trace.TraceFiles;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Leaves a ladder diagram, a capture and the sound of each test that fails, in {@code target/traces/<Class>.<method>}, and prints where:
 *
 * <pre>
 *   &#64;RegisterExtension
 *   static final PbxExtension pbx = PbxExtension.with("1001", "1002");
 *
 *   &#64;RegisterExtension
 *   static final TraceExtension trace = TraceExtension.of(pbx);
 * </pre>
 *
 * <p>Ladder and capture are without passwords, keys, tokens and bodies other than SDP; who called whom is in them, and what was said can be listened to: see
 * {@link TraceFiles}. Until the test is over sound is kept in memory alone. Tests that share one PBX at the same time get each other's messages and sound too. What fails only
 * when an extension that was registered before this one ends is not seen.
 */
public final class TraceExtension implements BeforeEachCallback, AfterEachCallback {
    private static final int MOST_ENGINE_MESSAGES = 5_000;
    private static final Pattern INVOCATION = Pattern.compile("test-template-invocation:#(\\d+)");

    private final @Nullable PbxExtension pbx;
    private Path directory = Path.of("target", "traces");
    private boolean always;
    private boolean raw;

    /** By its ID, of each test that runs. An engine tells its messages on a thread of its own. */
    private final Map<String, Test> tests = new LinkedHashMap<>();

    private static final class Test {
        private final Map<EmbeddedPbx, Long> watched = new LinkedHashMap<>();
        private final List<MediaRecording> recordings = new ArrayList<>();
        private final Deque<TracedMessage> ofEngines = new ArrayDeque<>();
        private final List<StateMark> marks = new ArrayList<>();

        private void watch(EmbeddedPbx pbx) {
            if (watched.putIfAbsent(pbx, pbx.trace().mark()) == null) {
                recordings.add(pbx.recordMedia());
            }
        }

        private void add(TracedMessage message) {
            if (ofEngines.size() == MOST_ENGINE_MESSAGES) {
                ofEngines.removeFirst();
            }
            ofEngines.addLast(message);
        }
    }

    private TraceExtension(@Nullable PbxExtension pbx) {
        this.pbx = pbx;
    }

    /** Of a PBX that is started after this. */
    public static TraceExtension of(PbxExtension pbx) {
        pbx.traced();
        return new TraceExtension(pbx);
    }

    /** Of what a test says with {@link #watch} and {@link #engine}. */
    public static TraceExtension create() {
        return new TraceExtension(null);
    }

    /** Writes the files of tests that succeed, too. */
    public TraceExtension always() {
        always = true;
        return this;
    }

    /** Where the folders of tests go, if not into {@code target/traces}. */
    public TraceExtension into(Path folder) {
        directory = folder;
        return this;
    }

    /**
     * For a lab: beside the other files {@code messages-raw.pcapng} with digest answers, media keys and what is said in text. Whoever has it and the packets can
     * listen to the calls in it.
     */
    public TraceExtension labRaw() {
        raw = true;
        return this;
    }

    /** Adds a PBX that the test started itself, with {@link PbxBuilder#traced()}: what comes from now on, until the test is over; to all tests that run at the same time. */
    public synchronized void watch(EmbeddedPbx started) {
        tests.values().forEach(test -> test.watch(started));
    }

    /**
     * What an engine is given as {@code CallClientConfig.Builder.sipTrace}: for tests against a phone system that is not the embedded PBX. Beside one that is
     * watched each message is there twice.
     *
     * @param app what its lane is called
     */
    public SipTrace engine(String app) {
        return message -> add(app, message);
    }

    /** Adds what changed besides messages, such as the state of a call; it must say no key. */
    public synchronized void mark(StateMark mark) {
        tests.values().forEach(test -> test.marks.add(mark));
    }

    private synchronized void add(String app, SipTraceMessage message) {
        TracedMessage traced = TracedMessage.of(app, message);
        tests.values().forEach(test -> test.add(traced));
    }

    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        Test test = new Test();
        tests.put(context.getUniqueId(), test);
        EmbeddedPbx shared = pbx == null ? null : pbx.latest();
        if (shared != null) {
            test.watch(shared);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Test test = end(context);
        boolean failed = context.getExecutionException()
                .filter(failure -> !(failure instanceof TestAbortedException))
                .isPresent();
        if (test == null || (!failed && !always)) {
            return;
        }
        Path folder = directory.resolve(folderOf(context));
        try {
            write(folder, context, test);
            System.err.println("SIP ladder, capture and sound: "
                    + folder.resolve(TraceFiles.LADDER).toAbsolutePath().toUri());
        } catch (IOException e) {
            // The test's own failure is the one to be told.
            System.err.println("no SIP ladder could be written into " + folder + ": " + e);
        }
    }

    private synchronized @Nullable Test end(ExtensionContext context) {
        Test test = tests.remove(context.getUniqueId());
        if (test != null) {
            test.recordings.forEach(MediaRecording::close);
        }
        return test;
    }

    private void write(Path folder, ExtensionContext context, Test test) throws IOException {
        EmbeddedPbx own = pbx == null ? null : pbx.latest();
        if (own != null) {
            // One that was started for this test alone, after beforeEach.
            test.watched.putIfAbsent(own, 0L);
        }
        List<TracedMessage> messages = new ArrayList<>(test.ofEngines);
        long lost = 0;
        for (Map.Entry<EmbeddedPbx, Long> each : test.watched.entrySet()) {
            messages.addAll(each.getKey().trace().since(each.getValue()));
            lost += Math.max(0, each.getKey().trace().dropped() - each.getValue());
        }
        long unheard =
                test.recordings.stream().mapToLong(MediaRecording::dropped).sum();
        String note = (lost == 0 ? "" : lost + " messages before these were not kept. ")
                + (unheard == 0 ? "" : unheard + " packets of sound before these were not kept.");
        TraceFiles.write(folder, folderOf(context), note.strip(), messages, test.marks, test.recordings);
        if (raw) {
            TraceFiles.writeRaw(folder, messages);
        }
    }

    static String folderOf(ExtensionContext context) {
        String type = context.getRequiredTestClass().getName();
        String name = type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "."
                + context.getRequiredTestMethod().getName();
        Matcher invocation = INVOCATION.matcher(context.getUniqueId());
        return invocation.find() ? name + "." + invocation.group(1) : name;
    }
}
