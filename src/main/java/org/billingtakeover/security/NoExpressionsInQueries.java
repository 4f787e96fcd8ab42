package org.billingtakeover.security;

import java.lang.reflect.Field;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;
import org.jspecify.annotations.Nullable;

/**
 * Refuses expressions in queries, in filters and in what extends a filter, however deeply they are nested. The engine's own switch
 * looks at the outermost query only (CVE-2026-109432), and an expression runs as code of the product.
 */
final class NoExpressionsInQueries extends CommandInterceptor {

    /** Without these fields the guard is blind, and the product does not start. */
    private static final Field FILTER = field("filterId");

    private static final Field EXTENSION = field("extendingQuery");

    @Override
    public <T> T execute(Command<T> command) {
        if (command instanceof AbstractQuery<?, ?> query) {
            refuseExpressions(query);
        } else if (command instanceof AbstractExecuteFilterCmd) {
            refuseExpressions((AbstractQuery<?, ?>) value(EXTENSION, command));
            refuseExpressions(stored((String) value(FILTER, command)));
        }
        return next.execute(command);
    }

    private static @Nullable AbstractQuery<?, ?> stored(@Nullable String id) {
        FilterEntity filter = id == null
                ? null
                : Context.getCommandContext().getFilterManager().findFilterById(id);
        return filter == null ? null : filter.getQuery();
    }

    private static void refuseExpressions(@Nullable AbstractQuery<?, ?> query) {
        if (query == null) {
            return;
        }
        boolean nested = query instanceof TaskQueryImpl tasks
                && tasks.getQueries().stream()
                        .anyMatch(each -> !each.getExpressions().isEmpty());
        if (nested || !query.getExpressions().isEmpty()) {
            throw new BadUserRequestException("Expressions are not allowed in queries and filters.");
        }
    }

    private static Field field(String name) {
        try {
            Field field = AbstractExecuteFilterCmd.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("This engine keeps filters in another way; the guard must follow it.", e);
        }
    }

    private static @Nullable Object value(Field field, Command<?> command) {
        try {
            return field.get(command);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
