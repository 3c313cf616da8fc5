// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.curves.TestVoice;
import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/judge.md} shows of the library degrades a recording, or makes calls, judges what was heard and prints what is wrong. */
class JudgeSnippetTest {
    @Test
    void the_snippet_degrades_and_judges(@TempDir Path folder) throws Exception {
        WavFile.write(folder.resolve("said.wav"), TestVoice.packaged().samples(), Ear.SAMPLE_RATE);
        List<String> printed = run("judge", folder);
        assertThat(folder.resolve("heard.wav")).exists();
        assertThat(printed.get(0)).contains("parts of words are missing").contains("of 5");
        assertThat(printed.subList(1, printed.size())).anyMatch(line -> line.endsWith("ms missing"));
    }

    @Test
    void the_snippet_makes_calls_and_judges(@TempDir Path folder) throws Exception {
        List<String> printed = run("calls", folder);
        assertThat(printed).hasSize(4);
        assertThat(printed.subList(0, 3)).allMatch(line -> line.matches("call \\d: callee \\S+, .* ms; caller .*"));
        assertThat(printed.get(3).lines()).hasSize(3).element(2).asString().startsWith("jitter of 20 ms");
    }

    /** What a snippet of the page prints, which has seven lines at most. */
    private static List<String> run(String name, Path folder) throws Exception {
        Matcher snippet = Pattern.compile("<!-- snippet: " + name + " -->\\s*```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../docs/judge.md")));
        assertThat(snippet.find()).isTrue();
        assertThat(snippet.group(1).lines()).hasSizeLessThanOrEqualTo(7);
        List<String> printed = new ArrayList<>();
        Consumer<Object> print = line -> printed.add(line.toString());
        compile(
                folder,
                snippet.group(1)
                        .replace("Path.of(", "folder.resolve(")
                        .replace("System.out::println", "print")
                        .replace("System.out.println(", "print.accept("));

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("JudgeSnippet")
                    .getMethod("run", Path.class, Consumer.class)
                    .invoke(null, folder, print);
        }
        return printed;
    }

    private static void compile(Path classes, String body) {
        String source = "import com.techpro.callclient.testkit.contracts.*;\n"
                + "import com.techpro.callclient.testkit.pbx.sound.*;\n"
                + "import com.techpro.callclient.testkit.soak.audio.*;\n"
                + "import com.techpro.callclient.testkit.soak.conditions.*;\n"
                + "import com.techpro.callclient.testkit.judge.degrade.*;\n"
                + "import com.techpro.callclient.testkit.judge.ear.*;\n"
                + "import com.techpro.callclient.testkit.soak.run.*;\n"
                + "import java.nio.file.Path;\n"
                + "import java.time.Duration;\n"
                + "import java.util.List;\n"
                + "import java.util.function.Consumer;\n"
                + "public class JudgeSnippet {\n"
                + "public static void run(Path folder, Consumer<Object> print) throws java.io.IOException {\n"
                + body + "}}\n";
        StringWriter messages = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-proc:none"),
                        null,
                        List.of(
                                new SimpleJavaFileObject(
                                        URI.create("string:///JudgeSnippet.java"), SimpleJavaFileObject.Kind.SOURCE) {
                                    @Override
                                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                                        return source;
                                    }
                                }))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
    }
}
