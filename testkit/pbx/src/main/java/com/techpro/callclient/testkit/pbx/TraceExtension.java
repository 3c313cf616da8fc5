// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.trace.SipTrace;
import com.techpro.callclient.ports.trace.SipTraceMessage;
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
 * Writes a ladder diagram, a capture and the audio of each failed test into
 * {@code target/traces/<Class>.<method>}, and prints the path:
 *
 * <pre>
 *   &#64;RegisterExtension
 *   static final PbxExtension pbx = PbxExtension.with("1001", "1002");
 *
 *   &#64;RegisterExtension
 *   static final TraceExtension trace = TraceExtension.of(pbx);
 * </pre>
 *
 * <p>Ladder and capture contain no passwords, keys, tokens, or bodies other than SDP. They do show
 * who called whom, and the audio can be played: see {@link TraceFiles}. Audio stays in memory until
 * the test ends. Tests that share a PBX at the same time get each other's messages and audio too. A
 * test that fails only after this extension has finished, in an extension registered before it, is
 * not traced.
 */
public final class TraceExtension implements BeforeEachCallback, AfterEachCallback {
    private static final int MOST_ENGINE_MESSAGES = 5_000;
    private static final Pattern INVOCATION = Pattern.compile("test-template-invocation:#(\\d+)");

    private final @Nullable PbxExtension pbx;
    private Path directory = Path.of("target", "traces");
    private boolean always;
    private boolean raw;

    /** The running tests by ID. An engine reports its messages on a thread of its own. */
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

    /** Traces a PBX that is started after this. */
    public static TraceExtension of(PbxExtension pbx) {
        pbx.traced();
        return new TraceExtension(pbx);
    }

    /** Traces only what a test adds with {@link #watch} and {@link #engine}. */
    public static TraceExtension create() {
        return new TraceExtension(null);
    }

    /** Writes the files of successful tests too. */
    public TraceExtension always() {
        always = true;
        return this;
    }

    /** Sets the parent folder of the tests' folders. Default: {@code target/traces}. */
    public TraceExtension into(Path folder) {
        directory = folder;
        return this;
    }

    /**
     * For a lab: also writes {@code messages-raw.pcapng} with digest responses, media keys and
     * message texts. Anyone with it and the packets can listen to its calls.
     */
    public TraceExtension labRaw() {
        raw = true;
        return this;
    }

    /**
     * Adds a PBX that the test started itself with {@link PbxBuilder#traced()}. Its messages from
     * now until the test ends go to all tests running at the same time.
     */
    public synchronized void watch(EmbeddedPbx started) {
        tests.values().forEach(test -> test.watch(started));
    }

    /**
     * Returns a trace to pass as {@code CallClientConfig.Builder.sipTrace}, for tests against
     * another phone system. If a PBX is watched too, each message appears twice.
     *
     * @param app the name of its lane
     */
    public SipTrace engine(String app) {
        return message -> add(app, message);
    }

    /**
     * Adds a mark for a change other than a message, such as a call's state. It must contain no
     * key.
     */
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
            // Do not throw: the test's own failure matters more.
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
            // A PBX started for this test alone, after beforeEach.
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
