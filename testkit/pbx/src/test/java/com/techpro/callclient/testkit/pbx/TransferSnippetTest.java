// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/transfer.md shows is a button that transfers calls. */
class TransferSnippetTest {
    private static final String SIGNATURE =
            "BiConsumer<Call, String> run(CallClient client, Consumer<String> show, Predicate<String> agree)";

    private final List<String> shown = new ArrayList<>();

    @Test
    void the_snippet_transfers_calls(@TempDir Path classes) throws Exception {
        DocumentedSnippet.compile(
                "docs/transfer.md", "transfer", "TransferSnippet", SIGNATURE, "return button;", classes);
        try (PbxScene scene = new PbxScene(31, builder -> builder);
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Phone alice = scene.phone("1001").registered();
            Phone bob = scene.phone("1002").registered();
            Phone carol = scene.phone("1003").registered();
            BiConsumer<Call, String> button = button(loader, alice.client);
            Call call = scene.talk(alice, bob);

            button.accept(call, "1999");
            scene.until(() -> shown.size() == 1);
            assertThat(shown.get(0)).startsWith("not transferred: ");

            button.accept(call, "1003");
            scene.until(() -> shown.contains("it rings there"));
            carol.incoming.answer();
            scene.until(() -> shown.contains("transferred"));
            assertThat(alice.ending()).isEqualTo(new CallEnding.Transferred());

            button.accept(call, "1003");
            scene.until(() -> shown.contains("not now"));
        }
    }

    @SuppressWarnings("unchecked")
    private BiConsumer<Call, String> button(ClassLoader loader, CallClient client) throws ReflectiveOperationException {
        return (BiConsumer<Call, String>) loader.loadClass("TransferSnippet")
                .getMethod("run", CallClient.class, Consumer.class, Predicate.class)
                .invoke(null, client, (Consumer<String>) shown::add, (Predicate<String>) number -> true);
    }
}
