package org.billingtakeover.takeover.process;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.takeover.AskClient;
import org.billingtakeover.takeover.ConsentRequest.Answer;
import org.billingtakeover.takeover.ConsentRequest.Channel;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.ClientAnswer;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code ask-client.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class AskClientSteps {

    @Bean
    CaseStep askClient(RefusedSteps refused, AskClient ask) {
        return CaseStep.asking(refused, ask::ask, AskClientSteps::plan);
    }

    @Bean
    CaseStep remindClient(RefusedSteps refused, AskClient ask) {
        return CaseStep.asking(refused, ask::remind, AskClientSteps::plan);
    }

    @Bean
    TaskListener showQuestion(ShowInForm form) {
        return form::show;
    }

    @Bean
    TaskListener recordClientAnswer(AnswerRequest answers, Clock clock) {
        return task -> {
            TakeoverKey key = CaseStep.key(task.getExecution());
            if (isLeftToTheClient(task)) {
                Var.ANSWER_TAKEN.set(task, false);
                return;
            }
            // An answer by link was recorded by the page, in this transaction, before it completed the task.
            boolean confirmed = answers.confirmed(key).orElseGet(() -> {
                Answer answer = answer(task, clock);
                answers.answerByPhone(key, answer, Var.QUOTE_NUMBER.find(task).orElse(null));
                return answer.confirmed();
            });
            Var.CLIENT_ANSWER.set(task, ClientAnswer.of(confirmed));
            Var.ANSWER_TAKEN.set(task, true);
        };
    }

    /** Where the client has a task of its own, the call may end without an answer. */
    private static boolean isLeftToTheClient(DelegateTask task) {
        return Var.ANSWER.find(task).filter(ClientAnswer.LATER::equals).isPresent()
                && task.getProcessEngineServices()
                                .getTaskService()
                                .createTaskQuery()
                                .processInstanceId(task.getProcessInstanceId())
                                .taskDefinitionKey(BillingTakeoverProcess.ANSWER_QUESTION)
                                .count()
                        > 0;
    }

    @Bean
    CaseStep recordNoAnswer(RefusedSteps refused, AskClient ask) {
        return CaseStep.asking(
                refused, ask::noAnswer, (step, file) -> Var.CLIENT_ANSWER.set(step, ClientAnswer.NO_ANSWER));
    }

    /** A timer needs a date: without a reminder to come it gets one that the deadline always forestalls. */
    private static void plan(VariableScope step, AskClient.Asked asked) {
        Var.ANSWER_DUE.set(step, Date.from(asked.answerDue()));
        Var.NEXT_REMINDER.set(
                step, Date.from(asked.nextReminder().orElse(asked.answerDue().plus(Duration.ofDays(1)))));
        Var.MORE_REMINDERS.set(step, asked.nextReminder().isPresent());
    }

    private static Answer answer(DelegateTask task, Clock clock) {
        return new Answer(
                ClientAnswer.isConfirmed(Var.ANSWER.find(task).orElse("")),
                Var.ANSWERER_NAME.find(task).orElse(""),
                Var.ANSWERER_ROLE.find(task).orElse(""),
                Channel.PHONE,
                Actor.of(task),
                Reader.language(),
                Var.CALLED_FROM.find(task).orElse(""),
                Var.MESSAGE.find(task).orElse(null),
                clock.instant());
    }
}
