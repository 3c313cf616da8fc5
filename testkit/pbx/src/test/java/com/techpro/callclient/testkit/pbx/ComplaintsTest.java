// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each line of the table of complaints in docs/peers.md is compiled, and makes happen what users complain of. */
class ComplaintsTest {
    private static final Pattern TABLE = Pattern.compile("<!-- complaints -->\\s*\\|.*\\n\\|[-|]*\\n((?:\\|.*\\n)+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| `([^`]+;)` \\|$");
    private static final int LOUD = 6_000;

    @TempDir
    Path classes;

    private record Complaint(String text, String line) {}

    private static List<Complaint> complaints() throws Exception {
        var table = TABLE.matcher(Files.readString(DocumentedSnippet.root().resolve("docs/peers.md")));
        assertThat(table.find()).isTrue();
        List<Complaint> found = ROW.matcher(table.group(1))
                .results()
                .map(row -> new Complaint(row.group(1), row.group(2)))
                .toList();
        assertThat(found).hasSize((int) table.group(1).lines().count()).hasSizeGreaterThan(15);
        return found;
    }

    private static String source(List<Complaint> all) {
        StringBuilder source = new StringBuilder("public class Complaints {\n");
        for (int i = 0; i < all.size(); i++) {
            source.append("public static void line" + i + "(EmbeddedPbx pbx) {\n" + all.get(i).line + "\n}\n");
        }
        return source + "}\n";
    }

    @Test
    void each_line_causes_its_complaint_at_1001() throws Exception {
        List<Complaint> all = complaints();
        DocumentedSnippet.compile("Complaints", source(all), classes);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> lines = loader.loadClass("Complaints");
            for (int i = 0; i < all.size(); i++) {
                Method line = lines.getMethod("line" + i, EmbeddedPbx.class);
                try (PbxScene scene = new PbxScene(231 + i, builder -> builder)) {
                    if (all.get(i).line.contains(".media(")) {
                        assertOfSound(all.get(i), line, scene);
                    } else {
                        assertOfMessages(all.get(i), line, scene);
                    }
                }
            }
        }
    }

    private static void assertOfSound(Complaint complaint, Method line, PbxScene scene) throws Exception {
        line.invoke(null, scene.pbx);
        var way = complaint.line.contains(".toPhone()")
                ? scene.pbx.faults().media("1001").toPhone()
                : scene.pbx.faults().media("1001").fromPhone();
        assertThat(way.isBad()).as(complaint.text).isTrue();
        scene.pbx.faults().clear();
        assertThat(way.isBad()).as(complaint.text).isFalse();
    }

    /** What the line is about is done, and the line hits it. */
    private static void assertOfMessages(Complaint complaint, Method line, PbxScene scene) throws Exception {
        Matcher about = Pattern.compile("\\.(on\\w+)\\(\"(\\w+)\"").matcher(complaint.line);
        assertThat(about.find()).isTrue();
        String method = about.group(2);
        boolean sent = about.group(1).equals("onRequest");
        Phone bob = scene.phone("1002").registered();
        if (method.equals("REGISTER")) {
            line.invoke(null, scene.pbx);
            scene.phone("1001");
            scene.pass(Duration.ofSeconds(10));
        } else {
            Phone alice = scene.phone("1001").registered();
            scene.pass(Duration.ofSeconds(2));
            line.invoke(null, scene.pbx);
            switch (method) {
                case "INVITE" -> {
                    if (sent && complaint.line.contains("skip")) {
                        scene.talk(alice, bob).hold();
                    } else if (sent) {
                        alice.account.dial("1002");
                    } else {
                        bob.account.dial("1001");
                    }
                }
                case "CANCEL" -> {
                    Call call = bob.account.dial("1001");
                    scene.until(() -> alice.incoming != null);
                    call.hangUp();
                }
                case "BYE" -> (sent ? scene.talk(alice, bob) : scene.talk(bob, alice)).hangUp();
                case "MESSAGE" -> {
                    var unused = bob.account.sendMessage("1001", "once");
                }
                case "NOTIFY" -> scene.pbx.setMessages("1001", 1, 0);
                default -> throw new AssertionError("nobody does " + method + " here");
            }
            scene.pass(Duration.ofSeconds(5));
        }
        assertThat(scene.pbx.faults().fired()).as(complaint.text).isPositive();
    }

    @Test
    void none_of_them_happens_to_others() throws Exception {
        List<Complaint> all = complaints();
        DocumentedSnippet.compile("Complaints", source(all), classes);
        try (PbxScene scene = new PbxScene(230, builder -> builder);
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> lines = loader.loadClass("Complaints");
            for (int i = 0; i < all.size(); i++) {
                lines.getMethod("line" + i, EmbeddedPbx.class).invoke(null, scene.pbx);
            }
            Phone bob = scene.phone("1002").registered().speaking(440);
            Phone carol = scene.phone("1003").registered();
            Call call = scene.talk(bob, carol);

            assertThat(carol.hears(440)).isGreaterThan(LOUD);
            call.hangUp();
            scene.until(() -> carol.ending() != null && bob.ending() != null);
            assertThat(scene.pbx.faults().fired()).isZero();
        }
    }
}
