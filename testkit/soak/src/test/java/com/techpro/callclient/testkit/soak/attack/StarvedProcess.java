// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.interop.EnginePhone;
import com.techpro.callclient.testkit.soak.interop.PeerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A phone in a process that gets too little of something, at the embedded PBX of this one. What came of it is what the phone says. */
final class StarvedProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR");

    private final Path directory;
    private final EmbeddedPbx pbx;
    private final EnginePhone other;
    private final ChildJvm child;

    private StarvedProcess(Path directory, List<String> before, List<String> options) throws Exception {
        this.directory = directory;
        this.pbx = EmbeddedPbx.builder().extension("1001", "pw-1001").extension("1002", "pw-1002").start();
        this.other = new EnginePhone(pbx.account("1002"), null).answering().awaitRegistered();
        Path authority = Files.writeString(directory.resolve("authority.pem"), pbx.authorityPem());
        HostPort at = pbx.address(SipTransport.TLS);
        this.child = ChildJvm.of(ChildPhone.class)
                .before(before)
                .options(SMALL)
                .options(options)
                .arguments(
                        "1001", at.host(), Integer.toString(at.port()), pbx.domain(), authority.toString(), "pw-1001")
                .directory(directory)
                .start();
    }

    /** Stops it in the middle of a call for so long. */
    static String stopped(Path directory, Duration length) throws Exception {
        try (StarvedProcess scene = new StarvedProcess(directory, List.of(), List.of("-Xmx256m"))) {
            String before = scene.ask("registered") + ", " + scene.ask("dial 1002 1");
            scene.signal("STOP");
            Thread.sleep(length.toMillis());
            scene.signal("CONT");
            String after = scene.ask("registered") + ", " + scene.ask("hangup");
            return before + "; " + after + ", " + scene.reached();
        }
    }

    /** So many calls at once, then none, then one. */
    static String calls(Path directory, int times, List<String> before, List<String> options) throws Exception {
        try (StarvedProcess scene = new StarvedProcess(directory, before, options)) {
            String first = scene.ask("registered") + ", " + scene.ask("dial 1002 " + times);
            String second = scene.ask("hangup") + ", " + scene.ask("dial 1002 1") + ", " + scene.ask("hangup");
            return first + "; " + second + ", " + scene.reached();
        }
    }

    /** Whether somebody who calls it gets through. */
    private String reached() {
        Call call = other.account().dial("1001");
        Await.until("an outcome", () -> call.snapshot().state().compareTo(CallState.ESTABLISHED) >= 0, LIMIT);
        boolean established = call.snapshot().state() == CallState.ESTABLISHED;
        call.hangUp();
        CallEnding ending = EnginePhone.awaitEnding(call);
        return established ? "reached" : ending.code();
    }

    private String ask(String command) throws Exception {
        List<String> printed = new ArrayList<>();
        child.say(command);
        for (String line = child.line(); line != null; line = child.line()) {
            if (line.startsWith(ChildPhone.ANSWER)) {
                return line.substring(ChildPhone.ANSWER.length());
            }
            printed.add(line);
        }
        throw new AssertionError("the phone has ended\n" + String.join("\n", printed));
    }

    private void signal(String name) {
        PeerProcess.run(directory, LIMIT, "kill", "-" + name, Long.toString(child.pid()));
    }

    @Override
    public void close() {
        child.close();
        other.close();
        pbx.close();
    }
}
