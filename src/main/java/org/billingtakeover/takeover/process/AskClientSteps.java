package org.billingtakeover.takeover.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.takeover.AskClient;
import org.billingtakeover.takeover.ConsentRequest.Answer;
import org.billingtakeover.takeover.ConsentRequest.Channel;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code ask-client.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class AskClientSteps {

    @Bean
    JavaDelegate askClient(AskClient ask) {
        return step -> {
            AskClient.Asked asked = ask.ask(step.getProcessBusinessKey());
            Var.ANSWER_DUE.set(step, Date.from(asked.answerDue()));
            planReminder(step, asked.nextReminder(), asked.answerDue());
        };
    }

    @Bean
    JavaDelegate remindClient(AskClient ask) {
        return step -> planReminder(
                step,
                ask.remind(step.getProcessBusinessKey()),
                Var.ANSWER_DUE.in(step).toInstant());
    }

    @Bean
    TaskListener showQuestion(FormContent content, ShowInForm form) {
        return task -> form.show(
                task,
                "question",
                content.question(task.getExecution().getProcessBusinessKey(), ShowInForm.languageOf(task)));
    }

    @Bean
    TaskListener recordClientAnswer(AnswerRequest answers, Clock clock) {
        return task -> {
            // An answer by link was recorded by the page before it completed the task.
            if (Var.CLIENT_ANSWER.find(task).isEmpty()) {
                Answer answer = answer(task, clock.instant());
                answers.answerByPhone(
                        task.getExecution().getProcessBusinessKey(),
                        answer,
                        Var.QUOTE_NUMBER.find(task).orElse(null));
                Var.CLIENT_ANSWER.set(task, answer.confirmed() ? "confirmed" : "declined");
            }
        };
    }

    @Bean
    JavaDelegate recordNoAnswer(AskClient ask) {
        return step -> {
            ask.noAnswer(step.getProcessBusinessKey());
            Var.CLIENT_ANSWER.set(step, "noAnswer");
        };
    }

    /** A timer needs a date: without a reminder to come it gets one that the deadline always forestalls. */
    private static void planReminder(VariableScope step, Optional<Instant> next, Instant answerDue) {
        Var.NEXT_REMINDER.set(step, Date.from(next.orElse(answerDue.plus(Duration.ofDays(1)))));
        Var.MORE_REMINDERS.set(step, next.isPresent());
    }

    private static Answer answer(DelegateTask task, Instant now) {
        boolean confirmed = switch (Var.ANSWER.find(task).orElse("")) {
            case "confirmed" -> true;
            case "declined" -> false;
            default -> throw new Refusal("answerIncomplete");
        };
        return new Answer(
                confirmed,
                Var.ANSWERER_NAME.find(task).orElse(""),
                Var.ANSWERER_ROLE.find(task).orElse(""),
                Channel.PHONE,
                Actor.of(task),
                ShowInForm.languageOf(task),
                Var.CALLED_FROM.find(task).orElse(""),
                Var.MESSAGE.find(task).orElse(null),
                now);
    }
}
