// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roster screen of the documentation is compiled as it stands there, and shows who is in a room of the embedded PBX. */
class ConferenceSnippetTest {
    @Test
    void the_roster_screen_shows_the_participants(@TempDir Path classes) throws Exception {
        assertThat(DocumentedSnippet.read("docs/voicemail-and-rooms.md", "conference")
                        .lines()
                        .filter(line -> !line.isBlank()))
                .as("lines of an app developer")
                .hasSizeLessThan(20);
        DocumentedSnippet.compileClass("docs/voicemail-and-rooms.md", "conference", "RosterScreen", classes);
        List<List<String>> shown = new ArrayList<>();
        try (PbxScene scene = new PbxScene(61, builder -> builder);
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> screen = loader.loadClass("RosterScreen");
            Constructor<?> constructor = screen.getDeclaredConstructor(Consumer.class);
            constructor.setAccessible(true);
            Consumer<List<String>> display = shown::add;
            Phone anna = scene.phone("1001").registered();
            anna.client.addListener((CallClientListener) constructor.newInstance(display));
            Phone bert = scene.phone("1002").registered();
            Method enter = screen.getDeclaredMethod("enter", Account.class, String.class, String.class);
            enter.setAccessible(true);

            Conference room = (Conference) enter.invoke(null, anna.account, "8001", "1234");
            scene.until(() -> last(shown).equals(List.of("1001")));
            Conference other = (Conference) enter.invoke(null, bert.account, "8001", "1234");
            scene.until(() -> last(shown).equals(List.of("1001", "1002")));
            other.call().hold();
            scene.until(() -> last(shown).equals(List.of("1001", "1002, on hold")));
            other.leave();
            scene.until(() -> last(shown).equals(List.of("1001")));
            room.leave();
        }
    }

    private static List<String> last(List<List<String>> shown) {
        return shown.isEmpty() ? List.of() : shown.get(shown.size() - 1);
    }
}
