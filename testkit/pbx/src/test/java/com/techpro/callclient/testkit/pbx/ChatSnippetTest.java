// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/text-messages.md shows is a chat between two phones. */
class ChatSnippetTest {
    private static final String SIGNATURE =
            "Consumer<String> run(Account account, String target, Consumer<String> show)";

    @Test
    void the_snippet_is_a_chat(@TempDir Path classes) throws Exception {
        List<String> alice = new ArrayList<>();
        List<String> bob = new ArrayList<>();
        try (PbxScene scene = new PbxScene(30, builder -> builder);
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            DocumentedSnippet.compile(
                    "docs/text-messages.md", "chat", "ChatSnippet", SIGNATURE, "return send;", classes);
            Account first = scene.phone("1001").registered().account;
            Account second = scene.phone("1002").registered().account;
            Consumer<String> toBob = chat(loader, first, "1002", alice::add);
            Consumer<String> toAlice = chat(loader, second, "1001", bob::add);

            toBob.accept("lunch?");
            scene.until(() -> alice.size() == 2);
            toAlice.accept("at noon");
            scene.until(() -> alice.size() == 3 && bob.size() == 3);
            toBob.accept(" ");
            scene.until(() -> alice.size() == 4);
        }
        assertThat(alice)
                .containsExactly("me: lunch?", "read: lunch?", "1002: at noon", "not sent: Type a text first.");
        assertThat(bob).containsExactly("1001: lunch?", "me: at noon", "read: at noon");
    }

    @SuppressWarnings("unchecked")
    private static Consumer<String> chat(ClassLoader loader, Account account, String target, Consumer<String> show)
            throws ReflectiveOperationException {
        return (Consumer<String>) loader.loadClass("ChatSnippet")
                .getMethod("run", Account.class, String.class, Consumer.class)
                .invoke(null, account, target, show);
    }
}
