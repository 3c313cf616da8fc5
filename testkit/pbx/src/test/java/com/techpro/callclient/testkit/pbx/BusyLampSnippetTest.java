// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel of docs/presence.md is compiled as it stands there, and shows what the phones at the embedded PBX are doing. */
class BusyLampSnippetTest {
    @Test
    void the_panel_shows_busy_extensions_and_calls_them_when_they_are_free(@TempDir Path classes) throws Exception {
        DocumentedSnippet.compileClass("docs/presence.md", "busy-lamp", "BusyLampPanel", classes);
        Map<String, String> shown = new HashMap<>();
        try (PbxScene scene = new PbxScene(62, builder -> builder);
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Constructor<?> constructor = loader.loadClass("BusyLampPanel")
                    .getDeclaredConstructor(Account.class, List.class, BiConsumer.class);
            constructor.setAccessible(true);
            Phone anna = scene.phone("1001").registered();
            Phone bert = scene.phone("1002").registered();
            Phone carol = scene.phone("1003").registered();
            BiConsumer<String, String> display = shown::put;
            Object panel = constructor.newInstance(carol.account, List.of("1001", "1002", "1999"), display);
            Method tap = panel.getClass().getDeclaredMethod("tap", String.class);
            tap.setAccessible(true);

            scene.until(() -> shown.equals(Map.of("1001", "free", "1002", "free", "1999", "cannot be watched")));
            Call call = anna.account.dial("1002");
            scene.until(() -> "rings: 1001".equals(shown.get("1002")) && bert.incoming != null);
            Call first = bert.incoming;
            first.answer();
            scene.until(() -> "busy".equals(shown.get("1002")) && "busy".equals(shown.get("1001")));
            tap.invoke(panel, "1002");
            scene.pass(Duration.ofSeconds(5));
            assertThat(carol.account.calls()).isEmpty();
            call.hangUp();
            scene.until(() -> bert.incoming != first);
            assertThat(bert.account.calls()).hasSize(1);
        }
    }
}
