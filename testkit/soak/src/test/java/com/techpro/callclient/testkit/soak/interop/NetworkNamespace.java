// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.testkit.contracts.Await;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network of its own beside this machine's, in which programs can be started (ip-netns(8)). What is left of a test that was killed the next one ends. */
final class NetworkNamespace implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Pattern OURS = Pattern.compile("(?m)^(callclient-(\\d+)-\\S+)");

    private final String name;

    /**
     * Makes one, with nothing but a loopback interface.
     *
     * @param role tells it from this process's others
     */
    NetworkNamespace(String role) {
        name = "callclient-" + ProcessHandle.current().pid() + "-" + role;
        run(List.of("ip", "netns", "add", name));
        in("ip", "link", "set", "lo", "up");
    }

    /** Whether this user may make them here, and translate addresses in them. */
    static boolean areAvailable() {
        try {
            endAbandoned();
            try (NetworkNamespace probe = new NetworkNamespace("probe")) {
                probe.addBridge("bridge");
                probe.in("ip", "link", "add", "one", "type", "veth", "peer", "name", "another");
                probe.in("nft", "add table ip nat");
                probe.in("nft", "add chain ip nat out { type nat hook postrouting priority srcnat; }");
                probe.in("nft", "add rule ip nat out ct state new counter masquerade fully-random");
                return true;
            }
        } catch (AssertionError | UncheckedIOException e) {
            System.out.println("no network namespaces: " + e.getMessage());
            return false;
        }
    }

    /** Those of processes that are no more. */
    private static void endAbandoned() {
        Matcher found = OURS.matcher(run(List.of("ip", "netns", "list")));
        while (found.find()) {
            if (ProcessHandle.of(Long.parseLong(found.group(2))).isEmpty()) {
                end(found.group(1));
            }
        }
    }

    /** What stands before a command, so that it runs in here. */
    List<String> prefix() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Runs a program in here to its end; what it printed. */
    String in(String... command) {
        List<String> words = new ArrayList<>(prefix());
        words.addAll(List.of(command));
        return run(words);
    }

    /** Starts a program in here. */
    PeerProcess start(Path directory, List<String> command) {
        List<String> words = new ArrayList<>(prefix());
        words.addAll(command);
        return PeerProcess.start(directory, words);
    }

    /** Waits until something in here accepts TCP connections. */
    void awaitListening(PeerProcess process, int port, Duration limit) {
        Await.until(
                () -> "something listens on port " + port + "\n" + process.output(),
                () -> !in("ss", "-Hltn", "sport = :" + port).isBlank() || !process.isAlive(),
                limit);
        if (!process.isAlive()) {
            throw new AssertionError("ended at once\n" + process.output());
        }
    }

    /** A cable between an interface in here and one in there. */
    void connect(String here, NetworkNamespace there, String itsName) {
        run(List.of(
                "ip",
                "link",
                "add",
                here,
                "netns",
                name,
                "type",
                "veth",
                "peer",
                "name",
                itsName,
                "netns",
                there.name));
        in("ip", "link", "set", here, "up");
        there.in("ip", "link", "set", itsName, "up");
    }

    /** A switch, which interfaces are plugged into with {@link #plug}. */
    void addBridge(String bridge, String... addresses) {
        in("ip", "link", "add", bridge, "type", "bridge");
        for (String address : addresses) {
            in("ip", "address", "add", address, "dev", bridge);
        }
        in("ip", "link", "set", bridge, "up");
    }

    /**
     * Packets to addresses of no network in here vanish, as they do in the internet. Where they are refused at once coturn closes the relay that one was to
     * leave from.
     *
     * @param nobody an address of one of its networks that is nobody's
     */
    void swallowTheRest(String nobody, String device) {
        in("ip", "neighbour", "add", nobody, "lladdr", "02:00:00:00:00:09", "dev", device, "nud", "permanent");
        in("ip", "route", "add", "default", "via", nobody);
    }

    void plug(String device, String bridge) {
        in("ip", "link", "set", device, "master", bridge);
    }

    @Override
    public void close() {
        end(name);
    }

    /** Kills what still runs in it. */
    private static void end(String name) {
        for (String pid : run(List.of("ip", "netns", "pids", name)).split("\\s+")) {
            if (!pid.isEmpty()) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        run(List.of("ip", "netns", "delete", name));
    }

    /** A file of the kernel's settings in here. */
    void set(String file, String value) {
        in("sh", "-c", "echo " + value + " > /proc/sys/" + file);
    }

    private static String run(List<String> command) {
        return PeerProcess.run(HERE, LIMIT, command.toArray(String[]::new));
    }
}
