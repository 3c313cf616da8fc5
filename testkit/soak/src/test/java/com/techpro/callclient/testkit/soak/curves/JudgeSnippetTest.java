// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.curves;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.ear.Ear;
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

/** What {@code docs/judge.md} shows of the library degrades a recording, judges it and prints what is wrong. */
class JudgeSnippetTest {
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: judge -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_snippet_degrades_and_judges(@TempDir Path folder) throws Exception {
        Matcher snippet = SNIPPET.matcher(Files.readString(Path.of("../../docs/judge.md")));
        assertThat(snippet.find()).isTrue();
        assertThat(snippet.group(1).lines()).hasSize(7);
        WavFile.write(folder.resolve("said.wav"), TestVoice.packaged().samples(), Ear.SAMPLE_RATE);
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

        assertThat(folder.resolve("heard.wav")).exists();
        assertThat(printed.get(0)).contains("parts of words are missing").contains("of 5");
        assertThat(printed.subList(1, printed.size())).anyMatch(line -> line.endsWith("ms missing"));
    }

    private static void compile(Path classes, String body) {
        String source = "import com.techpro.callclient.testkit.pbx.sound.*;\n"
                + "import com.techpro.callclient.testkit.soak.degrade.*;\n"
                + "import com.techpro.callclient.testkit.soak.ear.*;\n"
                + "import java.nio.file.Path;\n"
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
