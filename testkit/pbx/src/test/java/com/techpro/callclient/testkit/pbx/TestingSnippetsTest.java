// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/testing.md shows of the embedded PBX in a test does what it says there. */
class TestingSnippetsTest {
    private static final String CHECK =
            "}\nstatic void check(boolean holds) {\nif (!holds) throw new AssertionError(\"not so\");\n";

    @TempDir
    Path classes;

    @Test
    void a_request_is_looked_at() throws Exception {
        try (PbxScene scene = new PbxScene(51, builder -> builder)) {
            Phone alice = scene.phone("1001").registered();
            run("requests", scene, alice);
        }
    }

    @Test
    void the_pbx_rings_the_app_and_hears_it() throws Exception {
        CallClientListener app = new CallClientListener() {
            @Override
            public void incomingCall(Call call, CallSnapshot snapshot) {
                call.answer();
            }
        };
        try (PbxScene scene = new PbxScene(52, builder -> builder)) {
            Phone alice = scene.phone("1001", scene.pbx.account("1001").build(), config -> config.listener(app))
                    .speaking(700)
                    .registered();
            run("ringing", scene, alice);
        }
    }

    @Test
    void a_call_is_busy_once() throws Exception {
        try (PbxScene scene = new PbxScene(53, builder -> builder)) {
            run("stubs", scene, scene.phone("1001").registered());
        }
    }

    @Test
    void sound_is_bad() throws Exception {
        try (PbxScene scene = new PbxScene(54, builder -> builder)) {
            run("media", scene, scene.phone("1001").registered());
        }
    }

    @Test
    void a_call_in_virtual_time_survives_lost_packets() throws Exception {
        DocumentedSnippet.compile(
                "docs/testing.md", "virtual time", "VirtualTimeSnippet", "void run() throws Exception", CHECK, classes);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            loader.loadClass("VirtualTimeSnippet").getMethod("run").invoke(null);
        }
    }

    @Test
    void a_class_has_its_pbx_and_accounts() throws Exception {
        DocumentedSnippet.compileClass("docs/testing.md", "parameters", "CallsTest", classes);
    }

    @Test
    void a_class_with_concurrent_tests_has_views() throws Exception {
        DocumentedSnippet.compileClass(
                "docs/testing.md",
                "views",
                "ConcurrentCallsTest",
                body -> "import static org.junit.jupiter.api.Assertions.*;\n"
                        + "import java.util.stream.Collectors;\nimport org.junit.jupiter.api.parallel.*;\n"
                        + body.replaceFirst("\\}\\s*$", "private void dial(SipAccount account, String number) {}\n}"),
                classes);
    }

    private void run(String name, PbxScene scene, Phone phone) throws Exception {
        String type = "Snippet" + name;
        DocumentedSnippet.compile(
                "docs/testing.md",
                name,
                type,
                "void run(EmbeddedPbx pbx, Account account) throws Exception",
                CHECK,
                classes);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            loader.loadClass(type)
                    .getMethod("run", EmbeddedPbx.class, Account.class)
                    .invoke(null, scene.pbx, phone.account);
        }
    }
}
