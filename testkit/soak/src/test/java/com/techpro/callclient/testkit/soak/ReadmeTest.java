// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the READMEs show is what compiles. */
class ReadmeTest {
    private static final Pattern SNIPPET = Pattern.compile("<!-- snippet -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "../../README.md, void embed(String password) throws java.io.IOException {, }",
        "../../docs/embedding.md, 'void account(CallClient client, String password) {', }",
        "../../docs/app-lock.md, 'abstract void show(String text); void lock(CallClient client, char[] typed) {', }",
        "../pbx/README.md, '', ''"
    })
    void the_snippet_compiles_as_it_stands(Path readme, String before, String after, @TempDir Path classes)
            throws IOException {
        Matcher snippet = SNIPPET.matcher(Files.readString(readme));
        assertThat(snippet.find()).isTrue();
        requireCompiles(before + "\n" + snippet.group(1) + after, classes);
    }

    @ParameterizedTest
    @CsvSource({
        "### A screen to log in, void screen(Account account) {",
        "### Try it, 'void login(CallClient client) throws Exception {'"
    })
    void the_snippet_behind_a_heading_compiles(String heading, String before, @TempDir Path classes)
            throws IOException {
        String docs = Files.readString(Path.of("../../docs/embedding.md"));
        Matcher snippet = SNIPPET.matcher(docs.substring(docs.indexOf(heading + "\n")));
        assertThat(snippet.find()).isTrue();
        requireCompiles(before + "\n" + snippet.group(1) + "}", classes);
    }

    private static void requireCompiles(String body, Path classes) {
        String source = "import com.techpro.callclient.adapters.javasound.*;\n"
                + "import com.techpro.callclient.adapters.phonesystems.*;\n"
                + "import com.techpro.callclient.engine.*;\n"
                + "import com.techpro.callclient.engine.call.*;\n"
                + "import com.techpro.callclient.engine.lock.*;\n"
                + "import com.techpro.callclient.ports.phonesystem.*;\n"
                + "import com.techpro.callclient.ports.secret.*;\n"
                + "import com.techpro.callclient.testkit.pbx.*;\n"
                + "import java.nio.file.Path;\n"
                + "import java.time.*;\n"
                + "import java.util.concurrent.*;\n"
                + "import org.junit.jupiter.api.extension.RegisterExtension;\n"
                + "abstract class Snippet {\n" + body + "\n}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();

        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-proc:none"),
                        null,
                        List.of(new Source(source)))
                .call();

        assertThat(compiled).as(messages.toString()).isTrue();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Snippet.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
