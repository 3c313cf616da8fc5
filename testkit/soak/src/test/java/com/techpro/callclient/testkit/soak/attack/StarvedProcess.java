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
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A phone in a process that gets too little of something, at the embedded PBX of this one. What came of it is what the phone says. */
final class StarvedProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int PLENTY = 1_000;
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR");

    private final Path directory;
    private final EmbeddedPbx pbx;
    private final EnginePhone other;
    private final ChildJvm child;

    private StarvedProcess(Path directory, String heap) throws Exception {
        this.directory = directory;
        this.pbx = EmbeddedPbx.builder()
                .extension("1001", "pw-1001")
                .extension("1002", "pw-1002")
                .start();
        this.other = new EnginePhone(pbx.account("1002"), null).answering().awaitRegistered();
        Path authority = Files.writeString(directory.resolve("authority.pem"), pbx.authorityPem());
        HostPort at = pbx.address(SipTransport.TLS);
        this.child = ChildJvm.of(ChildPhone.class)
                .classPath(jars(directory))
                .options(SMALL)
                .options(List.of(heap))
                .arguments(
                        "1001", at.host(), Integer.toString(at.port()), pbx.domain(), authority.toString(), "pw-1001")
                .directory(directory)
                .start();
    }

    /** Stops it in the middle of a call for so long. */
    static String stopped(Path directory, Duration length) throws Exception {
        try (StarvedProcess scene = new StarvedProcess(directory, "-Xmx256m")) {
            String before = scene.ask("registered") + ", " + scene.ask("dial 1002 1");
            scene.signal("STOP");
            boolean unused = Await.holdsWithin(() -> false, length);
            scene.signal("CONT");
            String after = scene.ask("registered") + ", " + scene.ask("hangup");
            return before + "; " + after + ", " + scene.reached();
        }
    }

    /** With a heap of so many megabytes: so many calls at once, then none, then one. */
    static String heap(Path directory, int megabytes, int times) throws Exception {
        try (StarvedProcess scene = new StarvedProcess(directory, "-Xmx" + megabytes + "m")) {
            return scene.ask("registered") + ", " + scene.calls(times);
        }
    }

    /** With so many descriptors, from its first call on, so many calls at once; then with as many as it wants. */
    static String descriptors(Path directory, int most, int times) throws Exception {
        try (StarvedProcess scene = new StarvedProcess(directory, "-Xmx256m")) {
            String before = scene.ask("registered") + ", " + scene.ask("dial 1002 1") + ", " + scene.ask("hangup");
            scene.limitDescriptors(most);
            // Some may be made with what is left.
            String starved = scene.ask("dial 1002 " + times).replaceAll("established=\\d+, |=\\d+", "");
            scene.limitDescriptors(PLENTY);
            return before + "; " + starved + "; " + scene.ask("hangup") + ", " + scene.calls(1);
        }
    }

    /** The soft limit, so that anybody may raise it again. */
    private void limitDescriptors(int most) {
        run("prlimit", "--pid", Long.toString(child.pid()), "--nofile=" + most + ":");
    }

    private String calls(int times) throws Exception {
        String first = ask("dial 1002 " + times);
        return first + ", " + ask("hangup") + ", " + ask("dial 1002 1") + ", " + ask("hangup") + ", " + reached();
    }

    /** Whether somebody who calls it gets through. */
    private String reached() {
        Call call = other.account().dial("1001");
        boolean outcome = Await.holdsWithin(() -> call.snapshot().state().compareTo(CallState.ESTABLISHED) >= 0, LIMIT);
        boolean established = outcome && call.snapshot().state() == CallState.ESTABLISHED;
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

    /** As an app is installed: with the classes of the folders of the class path in a jar, which takes one descriptor and not one for each class. */
    private static String jars(Path directory) throws IOException {
        Path jar = directory.resolve("classes.jar");
        List<String> path = new ArrayList<>(List.of(jar.toString()));
        Set<String> names = new HashSet<>();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path folder = Path.of(entry);
                if (!Files.isDirectory(folder)) {
                    path.add(entry);
                    continue;
                }
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        String name = folder.relativize(file).toString();
                        if (names.add(name)) {
                            out.putNextEntry(new ZipEntry(name));
                            Files.copy(file, out);
                        }
                    }
                }
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private void signal(String name) {
        run("kill", "-" + name, Long.toString(child.pid()));
    }

    private void run(String... command) {
        PeerProcess.run(directory, LIMIT, command);
    }

    @Override
    public void close() {
        child.close();
        other.close();
        pbx.close();
    }
}
