// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.SeedOnFailure;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Gives tests a running PBX on loopback. In a static field one for the class and those nested in it, in an instance field one for each instance of the class: for
 * each test, or with {@code @TestInstance(PER_CLASS)} for all of them. Tests that run at the same time share it where they share the field.
 *
 * <pre>
 *   &#64;RegisterExtension
 *   static final PbxExtension pbx = PbxExtension.with("1001", "1002");
 * </pre>
 *
 * <p>Then {@code pbx.account("1001").build()} is an account that can log in. The {@link EmbeddedPbx} itself can also be a parameter, and an account or a
 * {@link PbxView} one with {@link PbxAccount}, where a class has one PBX.
 *
 * <p>A PBX of several tests is {@linkplain EmbeddedPbx#reset reset} before each of them: what the tests before it, {@code @BeforeAll} methods and constructors left is gone, but for
 * registrations. {@link #keepingState} leaves it alone. A PBX is also left alone while tests may run at the same time with it, as JUnit's execution mode says, or classes share it
 * by a field that they inherit: a reset would take the others' state away. Such tests have extensions of their own, and look at the PBX through a {@link PbxView} of each.
 *
 * <p>A test during which the PBX itself failed fails. What the PBX leaves to chance depends on the run's seed ({@link Seeds}) and on the test, unless its settings
 * say otherwise; {@link #random} is for what else does. With a failure the seed is printed.
 */
public final class PbxExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final String PBX = "pbx";
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    private final PbxBuilder builder;
    /** Nothing that another extension keeps is found by it. */
    private final Namespace mine = Namespace.create(PbxExtension.class, this);

    // Classes with a common base class share its static fields, and may run at the same time.
    private @Nullable Running running;
    private @Nullable EmbeddedPbx latest;
    private int users;
    private boolean keepsState;

    /** Those that run now. Its lock is held while the PBX is reset, so that no test begins meanwhile. */
    private final Set<String> tests = new HashSet<>();

    /** Those that were given as parameters, by the ID of the test or class. */
    private final Map<String, List<PbxView>> views = new HashMap<>();

    private record Running(EmbeddedPbx pbx, String name) {}

    private PbxExtension(PbxBuilder builder) {
        this.builder = builder;
    }

    /** A PBX with these extensions. */
    public static PbxExtension with(String... extensions) {
        return new PbxExtension(EmbeddedPbx.builder().extensions(extensions));
    }

    /** A PBX set up by hand. */
    public static PbxExtension with(UnaryOperator<PbxBuilder> settings) {
        return new PbxExtension(settings.apply(EmbeddedPbx.builder()));
    }

    /** Lets tests find all that those before them left: requests, stubs, faults, calls. For a call, say, that is set up once for the class. */
    public PbxExtension keepingState() {
        keepsState = true;
        return this;
    }

    /** The PBX, while a test runs. */
    public EmbeddedPbx pbx() {
        return running().pbx;
    }

    /** See {@link EmbeddedPbx#account(String)}. */
    public SipAccount.Builder account(String extension) {
        return pbx().account(extension);
    }

    /** See {@link EmbeddedPbx#account(String, SipTransport)}. */
    public SipAccount.Builder account(String extension, SipTransport transport) {
        return pbx().account(extension, transport);
    }

    /**
     * Random numbers for another part of the test, such as the engine or a simulated network. They depend on the run's seed, on the test or class that
     * the PBX was started for, and on the part's name: in the same run they are the same again.
     */
    public Random random(String part) {
        return Seeds.random(Seeds.run(), running().name + " " + part);
    }

    /** Lets those that it starts from now on keep what {@link TraceExtension} writes. */
    void traced() {
        builder.traced();
    }

    /** The one that was started last, though it may be closed by now; null before the first. */
    synchronized @Nullable EmbeddedPbx latest() {
        return latest;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        boolean ofSeveralTests = isStartedFor(context);
        begin(context);
        synchronized (tests) {
            if (ofSeveralTests && !keepsState && tests.isEmpty() && !mayRunBesideOthers(context)) {
                pbx().reset();
            }
            tests.add(context.getUniqueId());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        synchronized (tests) {
            tests.remove(context.getUniqueId());
        }
        closeViews(context);
        context.getExecutionException().ifPresent(failure -> SeedOnFailure.print(context, failure));
        Running before = context.getStore(mine).get(PBX, Running.class);
        if (!end(context) && before != null) {
            told(context, before.pbx::throwIfFailed);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeViews(context);
        boolean unused = end(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        boolean account = type == SipAccount.class || type == SipAccount.Builder.class || type == PbxView.class;
        return type == EmbeddedPbx.class || (account && parameter.isAnnotated(PbxAccount.class));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        PbxAccount wanted = parameter.findAnnotation(PbxAccount.class).orElse(null);
        if (wanted == null) {
            return pbx();
        }
        if (parameter.getParameter().getType() == PbxView.class) {
            PbxView view = pbx().viewOf(wanted.value());
            synchronized (views) {
                views.computeIfAbsent(context.getUniqueId(), key -> new ArrayList<>())
                        .add(view);
            }
            return view;
        }
        SipAccount.Builder account = account(wanted.value(), wanted.transport());
        return parameter.getParameter().getType() == SipAccount.class ? account.build() : account;
    }

    private void closeViews(ExtensionContext context) {
        List<PbxView> given;
        synchronized (views) {
            given = views.remove(context.getUniqueId());
        }
        if (given != null) {
            given.forEach(PbxView::close);
        }
    }

    /** Whether it was started for this, or for what this is a part of. */
    private boolean isStartedFor(ExtensionContext context) {
        return context.getStore(mine).get(PBX) != null;
    }

    /** Whether JUnit may run other tests with the same PBX while it runs this one. */
    private boolean mayRunBesideOthers(ExtensionContext test) {
        if (!test.getConfigurationParameter(PARALLEL).map(Boolean::parseBoolean).orElse(false)) {
            return false;
        }
        if (isOfSeveralClasses()) {
            return true;
        }
        ExtensionContext part = test;
        ExtensionContext whole = test.getParent().orElse(null);
        while (whole != null && isStartedFor(whole)) {
            if (part.getExecutionMode() == ExecutionMode.CONCURRENT) {
                return true;
            }
            part = whole;
            whole = whole.getParent().orElse(null);
        }
        return false;
    }

    private synchronized boolean isOfSeveralClasses() {
        return users > 1;
    }

    /** Starts it, unless it was started for what this is a part of. */
    private void begin(ExtensionContext context) {
        Object unused = context.getStore(mine).getOrComputeIfAbsent(PBX, key -> start(context), Running.class);
    }

    /** Stops it, if it was started for just this; whether it was. */
    private boolean end(ExtensionContext context) {
        Running started = context.getStore(mine).remove(PBX, Running.class);
        if (started == null) {
            return false;
        }
        if (isUnused()) {
            told(context, started.pbx::close);
        }
        return true;
    }

    private synchronized Running start(ExtensionContext context) {
        Running now = running;
        if (now == null) {
            String name = context.getUniqueId() + " " + ordinal(context);
            now = new Running(builder.start(Seeds.random(Seeds.run(), name + " pbx")), name);
            running = now;
            latest = now.pbx;
        }
        users++;
        return now;
    }

    private synchronized boolean isUnused() {
        if (--users > 0) {
            return false;
        }
        running = null;
        return true;
    }

    private synchronized Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the PBX runs only while a test does; is this field a @RegisterExtension?");
        }
        return now;
    }

    /** Two PBXs of the same test or class leave different things to chance. */
    private static int ordinal(ExtensionContext context) {
        Store shared = context.getStore(Namespace.create(PbxExtension.class));
        return shared.getOrComputeIfAbsent(context.getUniqueId(), key -> new AtomicInteger(), AtomicInteger.class)
                .incrementAndGet();
    }

    private static void told(ExtensionContext context, Runnable failing) {
        try {
            failing.run();
        } catch (AssertionError failure) {
            SeedOnFailure.print(context, failure);
            throw failure;
        }
    }
}
