// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotatedFieldValues;

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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Gives tests a running PBX on loopback. A static field has one PBX for the class and its nested
 * classes. An instance field has one per instance: per test, or for all tests with
 * {@code @TestInstance(PER_CLASS)}. Concurrent tests that share the field share the PBX.
 *
 * <pre>
 *   &#64;RegisterExtension
 *   static final PbxExtension pbx = PbxExtension.with("1001", "1002");
 * </pre>
 *
 * <p>Then {@code pbx.account("1001").build()} is an account that can log in. If a class has one
 * PBX, the {@link EmbeddedPbx} can also be a test parameter. With {@link PbxAccount}, so can an
 * account or a {@link PbxView}. In a nested class with a PBX of its own, parameters are of that one.
 *
 * <p>A PBX shared by several tests is {@linkplain EmbeddedPbx#reset reset} before each of them.
 * That removes the state of earlier tests, {@code @BeforeAll} methods and constructors, except
 * registrations. {@link #keepingState} turns this off. There is also no reset while other tests may
 * use the PBX at the same time, by JUnit's execution mode or an inherited field: it would remove
 * their state. Give such tests extensions of their own, and a {@link PbxView} of each.
 *
 * <p>A test fails if the PBX itself failed during it. The PBX's random numbers depend on the run's
 * seed ({@link Seeds}) and on the test, unless its settings say otherwise. Use {@link #random} for
 * other random choices of a test. A failure prints the seed.
 */
public final class PbxExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final String PBX = "pbx";
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    private final PbxBuilder builder;
    /** Other extensions find nothing in this namespace. */
    private final Namespace mine = Namespace.create(PbxExtension.class, this);

    // Classes with a common base class share its static fields, and may run at the same time.
    private @Nullable Running running;
    private @Nullable EmbeddedPbx latest;
    private int users;
    private boolean keepsState;

    /**
     * The tests that run now. Its lock is held during a reset, so that no test begins meanwhile.
     */
    private final Set<String> tests = new HashSet<>();

    /** The views injected as parameters, by the ID of the test or class. */
    private final Map<String, List<PbxView>> views = new HashMap<>();

    private record Running(EmbeddedPbx pbx, String name) {}

    private PbxExtension(PbxBuilder builder) {
        this.builder = builder;
    }

    /** Returns an extension whose PBX has these extension numbers. */
    public static PbxExtension with(String... extensions) {
        return new PbxExtension(EmbeddedPbx.builder().extensions(extensions));
    }

    /** Returns an extension whose PBX has these settings. */
    public static PbxExtension with(UnaryOperator<PbxBuilder> settings) {
        return new PbxExtension(settings.apply(EmbeddedPbx.builder()));
    }

    /**
     * Does not reset the PBX, so tests find what earlier tests left: requests, stubs, faults,
     * calls. Use it, for example, for a call that is set up once for the class.
     */
    public PbxExtension keepingState() {
        keepsState = true;
        return this;
    }

    /** Returns the PBX while a test runs. */
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
     * Returns a random source for another part of the test, such as the engine or a simulated
     * network. It depends on the run's seed, on the test or class that started the PBX, and on the
     * part's name. A run with the same seed repeats it.
     */
    public Random random(String part) {
        return Seeds.random(Seeds.run(), running().name + " " + part);
    }

    /** PBXs started from now on record the messages that {@link TraceExtension} writes. */
    void traced() {
        builder.traced();
    }

    /** The PBX started last, which may be closed by now; null before the first. */
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
        return (type == EmbeddedPbx.class || (account && parameter.isAnnotated(PbxAccount.class)))
                && isOfInnermostClass(context);
    }

    /** JUnit asks the extensions of the enclosing classes too, and permits one answer. */
    private boolean isOfInnermostClass(ExtensionContext context) {
        ExtensionContext part = context;
        while (part != null && part.getTestClass().isPresent()) {
            Class<?> type = part.getRequiredTestClass();
            List<PbxExtension> declared =
                    new ArrayList<>(findAnnotatedFieldValues(type, RegisterExtension.class, PbxExtension.class));
            context.getTestInstances()
                    .flatMap(instances -> instances.findInstance(type))
                    .ifPresent(instance -> declared.addAll(
                            findAnnotatedFieldValues(instance, RegisterExtension.class, PbxExtension.class)));
            if (!declared.isEmpty()) {
                return declared.contains(this);
            }
            part = part.getParent().orElse(null);
        }
        return true;
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

    /** Whether it was started for this context or one that contains it. */
    private boolean isStartedFor(ExtensionContext context) {
        return context.getStore(mine).get(PBX) != null;
    }

    /** Whether JUnit may run other tests with the same PBX at the same time. */
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

    /** Starts it, unless it was started for an enclosing context. */
    private void begin(ExtensionContext context) {
        Object unused = context.getStore(mine).getOrComputeIfAbsent(PBX, key -> start(context), Running.class);
    }

    /** Stops it if it was started for exactly this context; returns whether it did. */
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

    /** Gives two PBXs of the same test or class different random sequences. */
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
