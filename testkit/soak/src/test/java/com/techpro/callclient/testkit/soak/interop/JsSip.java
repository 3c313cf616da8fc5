// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.google.gson.Gson;
import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** JsSIP, the SIP library of many phones in browsers, as npm has it, made one script that a page can load. */
final class JsSip {
    private static final String PACKAGE = "jssip@3.13.8";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What a package is when nobody names a file of it: browsers have another answer than Node. */
    private static final String LOADER = """
            const mains = {events: 'events/events.js', debug: 'debug/src/browser.js', ms: 'ms/index.js',
                'sdp-transform': 'sdp-transform/lib/index.js'};
            const loaded = {};
            function resolve(from, name) {
              if (mains[name]) { return mains[name]; }
              const path = from.split('/').slice(0, -1);
              for (const step of name.split('/')) {
                if (step === '..') { path.pop(); } else if (step !== '.') { path.push(step); }
              }
              return [path.join('/'), path.join('/') + '.js', path.join('/') + '/index.js'].find(file => modules[file]);
            }
            function load(file) {
              if (!loaded[file]) {
                const module = loaded[file] = {exports: {}};
                modules[file](module, module.exports, name => load(resolve(file, name)));
              }
              return loaded[file].exports;
            }
            globalThis.process = globalThis.process || {env: {}};
            globalThis.JsSIP = load('jssip/lib/JsSIP.js');
            """;

    private JsSip() {}

    /** Fetches it once a build folder; skips the test, or fails it where nothing may be skipped, without npm or without a network. */
    static String script(Path folder) throws IOException {
        Path packages = folder.resolve("node_modules");
        if (!Files.exists(packages.resolve("jssip"))) {
            Files.createDirectories(folder);
            boolean fetched;
            try (PeerProcess npm = PeerProcess.start(
                    folder,
                    "npm",
                    "install",
                    "--prefix",
                    folder.toAbsolutePath().toString(),
                    "--no-audit",
                    "--no-fund",
                    "--ignore-scripts",
                    PACKAGE)) {
                fetched = npm.await(LIMIT) == 0;
            } catch (java.io.UncheckedIOException e) {
                fetched = false;
            }
            Precondition.require(fetched, "JsSIP by npm");
        }
        StringBuilder script = new StringBuilder("(() => {\nconst modules = {\n");
        for (String part :
                List.of("jssip/lib", "jssip/package.json", "events", "debug/src", "ms", "sdp-transform/lib")) {
            try (Stream<Path> files = Files.walk(packages.resolve(part))) {
                for (Path file : files.filter(JsSip::isModule).sorted().toList()) {
                    append(script, packages, file);
                }
            }
        }
        return script.append("};\n").append(LOADER).append("})();\n").toString();
    }

    private static boolean isModule(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".js") || name.endsWith(".json"));
    }

    private static void append(StringBuilder script, Path packages, Path file) throws IOException {
        script.append(new Gson().toJson(packages.relativize(file).toString()))
                .append(": (module, exports, require) => {\n");
        if (file.toString().endsWith(".json")) {
            script.append("module.exports = ");
        }
        script.append(Files.readString(file)).append("\n},\n");
    }
}
